"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import {
  ArrowRight,
  Calendar,
  CalendarClock,
  Circle,
  CircleAlert,
  CircleDollarSign,
  Clock,
  Coins,
  Eye,
  FilePlus2,
  FileText,
  FileX2,
  Flag,
  Inbox,
  Lightbulb,
  type LucideIcon,
  Mail,
  MessageSquare,
  MessageSquareLock,
  PenLine,
  Play,
  Send,
  ShieldCheck,
  UserCheck,
  UserMinus,
  UserRound,
} from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import type { TimelineEntry } from "@/api/types";
import { EmptyState, ProblemState } from "@/components/state-panels";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { apiUrl } from "@/lib/api-client";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { timelineQuery } from "../queries";

const ICONS: Record<string, LucideIcon> = {
  "arrow-right": ArrowRight,
  calendar: Calendar,
  "calendar-clock": CalendarClock,
  clock: Clock,
  eye: Eye,
  "file-plus": FilePlus2,
  "file-text": FileText,
  "file-x": FileX2,
  flag: Flag,
  inbox: Inbox,
  lightbulb: Lightbulb,
  mail: Mail,
  "mail-check": Mail,
  "mail-x": CircleAlert,
  "message-square": MessageSquare,
  "message-square-lock": MessageSquareLock,
  "pen-line": PenLine,
  play: Play,
  send: Send,
  "shield-check": ShieldCheck,
  "user-check": UserCheck,
  "user-minus": UserMinus,
};

/** Where the server names no icon known here, the group of the entry gives one. */
const KIND_ICONS: Record<string, LucideIcon> = {
  access: Eye,
  case: Inbox,
  comment: MessageSquare,
  deadline: CalendarClock,
  debt: Coins,
  dispatch: Mail,
  document: FileText,
  fact: Calendar,
  payment: CircleDollarSign,
  people: UserRound,
  signature: PenLine,
  status: ArrowRight,
  track: Flag,
};

const Entry = ({ caseId, entry }: { caseId: string; entry: TimelineEntry }) => {
  const t = useTranslations("cases.timeline");
  const locale = useLocale();
  const Icon = ICONS[entry.icon] ?? KIND_ICONS[entry.kind] ?? Circle;
  return (
    <li className="relative flex gap-3 pb-6 last:pb-0">
      <span aria-hidden className="absolute top-10 bottom-0 left-[17px] w-0.5 bg-line" />
      <span
        aria-hidden
        className="flex size-9 shrink-0 items-center justify-center rounded-full bg-primary-soft text-primary"
      >
        <Icon className="size-5" />
      </span>
      <div className="flex min-w-0 flex-col gap-1 pt-1">
        <p className="font-semibold text-ink">{entry.title}</p>
        {entry.text && <p className="measure whitespace-pre-line">{entry.text}</p>}
        {entry.comment?.files.map((file) =>
          file.state === "ready" ? (
            <a
              key={file.id}
              href={apiUrl(`/cases/${caseId}/comment-files/${file.id}/`)}
              download
              className="inline-flex min-h-11 items-center gap-1.5 self-start font-medium text-primary underline underline-offset-4"
            >
              <FileText aria-hidden className="size-4 shrink-0" />
              {file.name}
            </a>
          ) : (
            <span key={file.id} className="text-sm text-muted">
              {file.name}
            </span>
          ),
        )}
        <p className="text-sm text-muted">
          <time dateTime={entry.at}>{formatDateTime(entry.at, locale)}</time>
          {entry.actor_label && ` · ${[entry.actor_label, entry.on_behalf_label].filter(Boolean).join(", ")}`}
        </p>
        {(entry.is_repeat || entry.internal) && (
          <p className="flex flex-wrap gap-2">
            {entry.is_repeat && <Badge tone="warning">{t("repeat")}</Badge>}
            {entry.internal && <Badge>{t("internal")}</Badge>}
          </p>
        )}
        {entry.document_id && (
          <Link
            href={`/documents/${entry.document_id}`}
            className="inline-flex min-h-11 items-center self-start font-medium text-primary underline underline-offset-4"
          >
            {t("openDocument")}
          </Link>
        )}
      </div>
    </li>
  );
};

/** Everything that happened in a case, newest first. */
export const Timeline = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("cases.timeline");
  const common = useTranslations("common");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    timelineQuery(caseId),
  );
  if (!data && error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-6">
        {[1, 2, 3].map((row) => (
          <div key={row} className="flex gap-3">
            <Skeleton className="size-9 rounded-full" />
            <Skeleton className="h-14 flex-1" />
          </div>
        ))}
      </Loading>
    );
  }
  const entries = data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <EmptyState title={t("emptyTitle")} text={t("emptyText")} />;
  return (
    <div className="flex flex-col gap-4">
      <ol>
        {entries.map((entry) => (
          <Entry key={entry.id} caseId={caseId} entry={entry} />
        ))}
      </ol>
      {hasNextPage && (
        <Button
          variant="secondary"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          className="self-start"
        >
          {t("more")}
        </Button>
      )}
    </div>
  );
};
