"use client";

import { useQuery } from "@tanstack/react-query";
import {
  BadgeCheck,
  Building2,
  CircleUser,
  Eye,
  FileDown,
  FileSignature,
  ListChecks,
  type LucideIcon,
  ShieldCheck,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import type { Session } from "@/api/types";
import { cn } from "@/lib/cn";
import { Link, usePathname } from "@/lib/i18n/navigation";
import { isHeldBack, isStaffSession, sessionQuery } from "@/lib/session";

const ENTRIES = [
  { key: "profile", href: "/account", icon: CircleUser },
  { key: "security", href: "/account/security", icon: ShieldCheck },
  { key: "consents", href: "/account/consents", icon: ListChecks },
  { key: "reads", href: "/account/who-looked", icon: Eye },
  { key: "data", href: "/account/data", icon: FileDown },
  { key: "powers", href: "/account/powers", icon: FileSignature },
  { key: "specialist", href: "/account/specialist", icon: BadgeCheck },
  { key: "organisation", href: "/organisation", icon: Building2 },
] as const satisfies readonly { key: string; href: string; icon: LucideIcon }[];

type EntryKey = (typeof ENTRIES)[number]["key"];

/** Which parts of the account a person has. Until a second factor is set up, little else is open. */
const partsOf = (session: Session): ReadonlySet<EntryKey> => {
  const { user } = session;
  if (!user) return new Set();
  if (isHeldBack(session)) return new Set<EntryKey>(["security", "reads"]);
  const parts = new Set<EntryKey>(["profile", "security", "consents", "reads", "data", "powers"]);
  if (!isStaffSession(session)) parts.add("specialist");
  if (user.organisations.some((organisation) => organisation.is_administrator)) parts.add("organisation");
  return parts;
};

/** Pages that hang under an entry without being one. */
const isCurrent = (key: EntryKey, href: string, pathname: string): boolean => {
  if (pathname === href) return true;
  if (key === "security") return pathname === "/account/second-factor" || pathname === "/account/activity";
  return (key === "organisation" || key === "powers") && pathname.startsWith(`${href}/`);
};

/** The parts of one's account: a row that scrolls on a phone, a list at the side on a wide screen. */
export const AccountNav = () => {
  const t = useTranslations("account.nav");
  const pathname = usePathname();
  const current = useRef<HTMLAnchorElement>(null);
  const { data: session } = useQuery(sessionQuery);
  const parts = session ? partsOf(session) : new Set<EntryKey>();
  const count = parts.size;

  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname, count]);

  return (
    <nav
      aria-label={t("name")}
      className="-mx-4 min-h-12 [scrollbar-width:none] overflow-x-auto border-b border-line lg:sticky lg:top-6 lg:mx-0 lg:overflow-visible lg:border-b-0"
    >
      <ul className="flex min-w-max gap-1 px-3 lg:min-w-0 lg:flex-col lg:px-0">
        {ENTRIES.filter(({ key }) => parts.has(key)).map(({ key, href, icon: Icon }) => {
          const isHere = isCurrent(key, href, pathname);
          return (
            <li key={key}>
              <Link
                ref={isHere ? current : undefined}
                href={href}
                prefetch={false}
                aria-current={isHere ? "page" : undefined}
                className={cn(
                  "flex min-h-12 items-center gap-2 border-b-2 border-transparent px-2.5 font-medium whitespace-nowrap text-text hover:text-primary lg:rounded-field lg:border-b-0 lg:px-3 lg:whitespace-normal lg:hover:bg-primary-soft",
                  isHere && "border-primary text-primary lg:bg-primary-soft",
                )}
              >
                <Icon aria-hidden className={cn("size-5 shrink-0", !isHere && "text-muted")} />
                {t(key)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
};
