"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Panel } from "@/components/desk/panel";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDate, formatDateTime } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { type Assignment, assignmentQuery, useCaseAct } from "../queries";
import { GiveBackDialog } from "./give-back-dialog";
import { HandOverDialog } from "./hand-over-dialog";
import { UrgencyPanel } from "./urgency-panel";

interface Shown {
  caseId: string;
  work: Assignment;
}

const Assignee = ({ work }: { work: Assignment }) => {
  const t = useTranslations("caseWork");
  const locale = useLocale();
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[8rem_1fr]">
      <dt className="text-muted">{t("assignee")}</dt>
      <dd className="flex flex-wrap items-center gap-2 font-medium">
        {work.assignee?.full_name ?? <span className="text-warning">{t("nobody")}</span>}
        {work.assignee_absence && (
          <Badge tone="warning">
            {t("awayUntil", { date: formatDate(work.assignee_absence.last_day, locale, "until") })}
          </Badge>
        )}
      </dd>
      <dt className="text-muted">{t("queue")}</dt>
      <dd>{work.queue?.name ?? t("noQueue")}</dd>
    </dl>
  );
};

const Acts = ({ caseId, work }: Shown) => {
  const t = useTranslations("caseWork");
  const describe = useProblemText();
  const [open, setOpen] = useState<"hand-over" | "give-back" | null>(null);
  const take = useCaseAct(caseId, "take", () => undefined);
  const byQueue = useCaseAct(caseId, "give-by-queue", () => undefined);
  const may = (action: string) => work.allowed_actions.includes(action);
  const error = take.error ?? byQueue.error;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {may("take") && (
          <Button size="dense" busy={take.isPending} onClick={() => take.mutate({ version: work.version })}>
            {t("take")}
          </Button>
        )}
        {may("give_by_queue") && (
          <Button
            size="dense"
            variant="secondary"
            busy={byQueue.isPending}
            onClick={() => byQueue.mutate({ version: work.version })}
          >
            {t("giveByQueue")}
          </Button>
        )}
        {(may("hand_over") || may("assign")) && (
          <Button size="dense" variant="secondary" onClick={() => setOpen("hand-over")}>
            {t(work.assignee ? "handOver" : "assign")}
          </Button>
        )}
        {may("give_back") && (
          <Button size="dense" variant="quiet" onClick={() => setOpen("give-back")}>
            {t("giveBack")}
          </Button>
        )}
      </div>
      {error && (
        <Alert tone="danger" live>
          {describe(error)}
        </Alert>
      )}
      {open === "hand-over" && <HandOverDialog caseId={caseId} work={work} onClose={() => setOpen(null)} />}
      {open === "give-back" && <GiveBackDialog caseId={caseId} work={work} onClose={() => setOpen(null)} />}
    </div>
  );
};

/** What the clock did by itself because a term came near. */
const Escalations = ({ work }: { work: Assignment }) => {
  const t = useTranslations("caseWork");
  const locale = useLocale();
  if (work.escalations.length === 0) return null;
  return (
    <Panel title={t("escalations")}>
      <ul className="flex flex-col divide-y divide-line">
        {work.escalations.map((item) => (
          <li key={`${item.at}${item.rule}`} className="flex flex-col gap-0.5 py-2">
            <p className="font-medium">{item.rule}</p>
            <p>
              {t("until", { date: formatDate(item.due, locale) })}
              {item.acts.length > 0 && `: ${item.acts.join("; ")}`}
            </p>
            <p className="text-muted">{formatDateTime(item.at, locale)}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

/** The work on a case: who has it, whom it may go to and why, how urgent it is held to be. */
export const AssignmentPanel = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseWork");
  const common = useTranslations("common");
  const { data: work, error, refetch } = useQuery(assignmentQuery(caseId));
  if (error && !work) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!work) {
    return (
      <Loading label={common("loading")}>
        <Skeleton className="h-48" />
      </Loading>
    );
  }
  return (
    <>
      <Panel title={t("title")}>
        <Assignee work={work} />
        <Acts caseId={caseId} work={work} />
      </Panel>
      <UrgencyPanel caseId={caseId} work={work} />
      <Escalations work={work} />
    </>
  );
};
