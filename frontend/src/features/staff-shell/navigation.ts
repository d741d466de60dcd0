import {
  AtSign,
  BadgeCheck,
  Blocks,
  BookOpenCheck,
  Building2,
  CalendarClock,
  CalendarDays,
  ClipboardList,
  CopyX,
  FileType,
  FolderOpen,
  KeyRound,
  Landmark,
  type LucideIcon,
  MailPlus,
  Network,
  PenLine,
  ScrollText,
  ShieldAlert,
  Tags,
  TimerReset,
  Users,
} from "lucide-react";

interface Entry {
  key: EntryKey;
  href: string;
  icon: LucideIcon;
  /** Any of these opens the section. */
  needs: readonly string[];
}

type EntryKey =
  | "queues"
  | "tags"
  | "consultations"
  | "mentions"
  | "signatures"
  | "cases"
  | "terms"
  | "law"
  | "templates"
  | "creditors"
  | "people"
  | "invitations"
  | "duplicates"
  | "roles"
  | "organisations"
  | "checks"
  | "dataRequests"
  | "files"
  | "securityLog"
  | "retention"
  | "programs";

interface Group {
  key: "cases" | "creditors" | "law" | "people" | "organisations" | "checks" | "data" | "system";
  /** Shown above the entries when there is more than one. */
  title?: "people" | "system";
  entries: readonly Entry[];
}

const SEES_CASES = ["case.see_assigned", "case.see_pool", "case.see_all", "case.see_metadata"];

/** The sections of the workplace, each with the abilities that open it. The server decides again at every address. */
export const GROUPS: readonly Group[] = [
  {
    key: "cases",
    entries: [
      { key: "cases", href: "/staff/cases", icon: FolderOpen, needs: SEES_CASES },
      { key: "mentions", href: "/staff/mentions", icon: AtSign, needs: ["case.work", "case.work_all"] },
      {
        key: "signatures",
        href: "/staff/signatures",
        icon: PenLine,
        needs: ["case.work", "case.work_all"],
      },
      { key: "queues", href: "/staff/queues", icon: Network, needs: ["case.assign", "queue.edit"] },
      { key: "tags", href: "/staff/tags", icon: Tags, needs: ["tag.edit"] },
      {
        key: "consultations",
        href: "/staff/consultations",
        icon: CalendarDays,
        needs: ["consultation.platform"],
      },
      {
        key: "terms",
        href: "/staff/terms",
        icon: CalendarClock,
        needs: ["case.see_assigned", "case.see_pool", "case.see_all"],
      },
    ],
  },
  {
    key: "creditors",
    entries: [
      { key: "creditors", href: "/staff/creditors", icon: Landmark, needs: ["creditor.view_addresses"] },
    ],
  },
  {
    key: "law",
    entries: [
      {
        key: "law",
        href: "/staff/law",
        icon: BookOpenCheck,
        needs: ["law.edit", "law.approve", "case.work"],
      },
      {
        key: "templates",
        href: "/staff/templates",
        icon: FileType,
        needs: ["template.edit", "template.approve"],
      },
    ],
  },
  {
    key: "people",
    title: "people",
    entries: [
      { key: "people", href: "/staff/people", icon: Users, needs: ["person.see"] },
      {
        key: "invitations",
        href: "/staff/people/invitations",
        icon: MailPlus,
        needs: ["person.invite_staff", "person.invite_borrower"],
      },
      { key: "duplicates", href: "/staff/people/duplicates", icon: CopyX, needs: ["person.merge"] },
      { key: "roles", href: "/staff/roles", icon: KeyRound, needs: ["role.edit", "role.grant"] },
    ],
  },
  {
    key: "organisations",
    entries: [
      { key: "organisations", href: "/staff/organisations", icon: Building2, needs: ["organisation.see"] },
    ],
  },
  {
    key: "checks",
    entries: [
      {
        key: "checks",
        href: "/staff/checks",
        icon: BadgeCheck,
        needs: ["specialist.check", "power.check"],
      },
    ],
  },
  {
    key: "data",
    entries: [
      {
        key: "dataRequests",
        href: "/staff/data-requests",
        icon: ClipboardList,
        needs: ["data_request.start", "data_request.approve", "data_request.execute"],
      },
    ],
  },
  {
    key: "system",
    title: "system",
    entries: [
      {
        key: "securityLog",
        href: "/staff/security-log",
        icon: ScrollText,
        needs: ["security_log.see"],
      },
      { key: "files", href: "/staff/files", icon: ShieldAlert, needs: ["file.release"] },
      { key: "retention", href: "/staff/retention", icon: TimerReset, needs: ["retention.edit"] },
      { key: "programs", href: "/staff/programs", icon: Blocks, needs: ["oauth_client.edit"] },
    ],
  },
];

/** What these abilities open, without empty groups. */
export const openGroups = (abilities: readonly string[]): Group[] =>
  GROUPS.map((group) => ({
    ...group,
    entries: group.entries.filter(({ needs }) => needs.some((code) => abilities.includes(code))),
  })).filter(({ entries }) => entries.length > 0);

/** The section that an address belongs to: the longest that it begins with. */
export const currentHref = (groups: readonly Group[], pathname: string): string | undefined =>
  groups
    .flatMap(({ entries }) => entries.map(({ href }) => href))
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];

/** Whether an address lies in a section that these abilities do not open. Addresses of no section are open. */
export const isClosed = (abilities: readonly string[], pathname: string): boolean => {
  const href = currentHref(GROUPS, pathname);
  return href !== undefined && currentHref(openGroups(abilities), href) !== href;
};

export type NavGroup = Group;
export type NavEntry = Entry;
