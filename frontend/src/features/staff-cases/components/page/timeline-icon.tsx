import {
  ArrowRight,
  Calendar,
  CalendarDays,
  CircleAlert,
  CircleCheck,
  CircleDollarSign,
  CircleDot,
  Coins,
  Clock,
  Eye,
  FileClock,
  FilePlus,
  FileText,
  FileWarning,
  FileX,
  Flag,
  Hourglass,
  Lightbulb,
  Link as LinkIcon,
  type LucideIcon,
  Mail,
  MailCheck,
  MailX,
  MessageSquare,
  MessageSquareLock,
  Merge,
  Pencil,
  PenLine,
  Play,
  Send,
  Split,
  Stamp,
  Tag,
  Trash2,
  Unlink,
  UserCheck,
  UserMinus,
} from "lucide-react";

const ICONS: Record<string, LucideIcon> = {
  "arrow-right": ArrowRight,
  calendar: Calendar,
  "calendar-days": CalendarDays,
  "circle-alert": CircleAlert,
  "circle-check": CircleCheck,
  "circle-dollar-sign": CircleDollarSign,
  coins: Coins,
  clock: Clock,
  eye: Eye,
  "file-clock": FileClock,
  "file-plus": FilePlus,
  "file-text": FileText,
  "file-warning": FileWarning,
  "file-x": FileX,
  flag: Flag,
  hourglass: Hourglass,
  lightbulb: Lightbulb,
  link: LinkIcon,
  mail: Mail,
  "mail-check": MailCheck,
  "mail-x": MailX,
  "message-square": MessageSquare,
  "message-square-lock": MessageSquareLock,
  merge: Merge,
  pencil: Pencil,
  "pen-line": PenLine,
  play: Play,
  send: Send,
  split: Split,
  stamp: Stamp,
  tag: Tag,
  "trash-2": Trash2,
  unlink: Unlink,
  "user-check": UserCheck,
  "user-minus": UserMinus,
};

const TONES: Record<string, string> = {
  failed: "bg-danger-soft text-danger",
  declined: "bg-danger-soft text-danger",
  waiting_address: "bg-warning-soft text-warning",
  waiting_consent: "bg-warning-soft text-warning",
  accepted: "bg-success-soft text-success",
  delivered: "bg-success-soft text-success",
};

/** The API names icons of one set; an unknown name of tomorrow becomes a dot. */
export const TimelineIcon = ({ name, status }: { name: string; status: string | null }) => {
  const Icon = ICONS[name] ?? CircleDot;
  return (
    <span
      aria-hidden
      className={`flex size-8 shrink-0 items-center justify-center rounded-full ${
        TONES[status ?? ""] ?? "bg-primary-soft text-primary"
      }`}
    >
      <Icon className="size-4" />
    </span>
  );
};
