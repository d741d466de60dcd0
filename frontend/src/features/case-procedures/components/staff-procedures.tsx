"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

import { known, WHY } from "@/components/procedures/codes";
import { NextSteps } from "@/components/procedures/next-steps";
import { ProcedureActions } from "@/components/procedures/procedure-actions";
import { ProcedureCard } from "@/components/procedures/procedure-card";
import { type Procedure, type ProcedureCase, useOpenProcedure } from "@/components/procedures/writes";
import { EmptyState, ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/api-client";

import { OpenDialog } from "./open-dialog";

// The same entry of the cache as the other pages of the case read.
const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["staff", "case", caseId, "detail"],
    queryFn: ({ signal }) => api.get<ProcedureCase>(`/cases/${caseId}/`, { signal }),
  });

const ENDED = new Set(["DONE", "DONE_NO_RESULT", "ESCALATED", "WITHDRAWN"]);

const Proposed = ({
  detail,
  track,
  mayOpen,
}: {
  detail: ProcedureCase;
  track: Procedure;
  mayOpen: boolean;
}) => {
  const t = useTranslations("procedures");
  const toast = useToast();
  const open = useOpenProcedure(detail.id, () => toast.show("success", t("open.done")));
  const reasons = track.reasons.flatMap((code) => known(WHY, code) ?? []);
  return (
    <ProcedureCard track={track} detail={detail}>
      {reasons.length > 0 && <p className="text-sm">{reasons.map((code) => t(`why.${code}`)).join("; ")}</p>}
      {mayOpen && (
        <Button
          size="dense"
          className="self-start"
          busy={open.isPending}
          onClick={() => open.mutate({ kind: track.kind, obligation_id: track.obligation_id, reason: "" })}
        >
          {t("open.submit")}
        </Button>
      )}
    </ProcedureCard>
  );
};

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="flex flex-col gap-3">
    <h2 className="text-lg font-semibold text-ink">{title}</h2>
    <div className="grid items-start gap-3 lg:grid-cols-2">{children}</div>
  </section>
);

const Procedures = ({ detail, today }: { detail: ProcedureCase; today: string }) => {
  const t = useTranslations("procedures");
  const [isOpening, setOpening] = useState(false);
  const mayOpen =
    detail.allowed_actions.includes("open_track") ||
    (detail.status === "triage" && detail.allowed_actions.includes("activate"));
  const running = detail.tracks.filter((track) => !track.proposed && !ENDED.has(track.state));
  const ended = detail.tracks.filter((track) => ENDED.has(track.state));
  const proposed = detail.tracks.filter((track) => track.proposed);
  const led = (track: Procedure) => (
    <ProcedureCard key={track.id} track={track} detail={detail}>
      <ProcedureActions caseId={detail.id} track={track} today={today} />
      {mayOpen && <NextSteps caseId={detail.id} track={track} />}
    </ProcedureCard>
  );
  return (
    <div className="flex flex-col gap-6 p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-xl font-semibold text-ink">{t("title")}</h1>
        {mayOpen && (
          <Button variant="secondary" size="dense" onClick={() => setOpening(true)}>
            {t("open.title")}
          </Button>
        )}
      </div>
      {detail.tracks.length === 0 && <EmptyState title={t("emptyTitle")} text={t("emptyText")} />}
      {running.length > 0 && <Group title={t("running")}>{running.map(led)}</Group>}
      {proposed.length > 0 && (
        <Group title={t("suggested")}>
          {proposed.map((track) => (
            <Proposed key={track.id} detail={detail} track={track} mayOpen={mayOpen} />
          ))}
        </Group>
      )}
      {ended.length > 0 && <Group title={t("ended")}>{ended.map(led)}</Group>}
      {isOpening && <OpenDialog detail={detail} onClose={() => setOpening(false)} />}
    </div>
  );
};

/** Procedures of a case for who works on it: where each stands, its next terms, and the steps that are open now. */
export const StaffProcedures = ({ caseId, today }: { caseId: string; today: string }) => {
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(caseQuery(caseId));
  if (data) return <Procedures detail={data} today={today} />;
  return error ? (
    <ProblemState error={error} onRetry={() => void refetch()} />
  ) : (
    <Loading label={common("loading")} className="grid gap-3 p-4 lg:grid-cols-2">
      <Skeleton className="h-64" />
      <Skeleton className="h-64" />
    </Loading>
  );
};
