"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { Panel } from "@/components/desk/panel";
import { ProcedureActions } from "@/components/procedures/procedure-actions";
import type { ProcedureCase } from "@/components/procedures/writes";
import { Badge } from "@/components/ui/badge";
import { api } from "@/lib/api-client";
import { sessionQuery } from "@/lib/session";

// Under "cases": a step of a procedure has it read anew.
const sharedCaseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["cases", "room", caseId],
    queryFn: ({ signal }) => api.get<ProcedureCase>(`/cases/${caseId}/`, { signal }),
  });

/** Mediation about a debt to this creditor: where it stands, and the creditor's own yes or no. Nothing where there is none. */
export const LetterMediation = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("roomMediation");
  const { data } = useQuery(sharedCaseQuery(caseId));
  const { data: session } = useQuery(sessionQuery);
  const tracks = data?.tracks.filter((track) => track.kind === "MEDIATION" && !track.proposed) ?? [];
  if (tracks.length === 0 || !session) return null;
  return (
    <Panel title={t("title")}>
      {tracks.map((track) => (
        <div key={track.id} className="flex flex-col items-start gap-2">
          <Badge tone="info">{track.state_label}</Badge>
          {track.allowed_actions.length > 0 && <p className="text-muted">{t("lead")}</p>}
          <ProcedureActions caseId={caseId} track={track} today={session.today} />
        </div>
      ))}
    </Panel>
  );
};
