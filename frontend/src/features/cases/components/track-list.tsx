"use client";

import { useTranslations } from "next-intl";

import type { CaseDetail } from "@/api/types";
import { AFTER, known } from "@/components/procedures/codes";
import { NextSteps } from "@/components/procedures/next-steps";
import { ProcedureActions } from "@/components/procedures/procedure-actions";
import { ProcedureCard } from "@/components/procedures/procedure-card";
import type { Procedure } from "@/components/procedures/writes";
import { todayInAlmaty } from "@/lib/dates";

/** What happens next and who is to move, in plain words for the procedures that say so. */
const WhatNext = ({ track }: { track: Procedure }) => {
  const t = useTranslations("procedures.after");
  const state = known(AFTER, track.state);
  if (!state) return null;
  return (
    <p className="text-sm">
      <span className="font-semibold text-ink">{t("title")}: </span>
      {t(state)}
    </p>
  );
};

/** The procedures of a case, each as its way with the place where it stands, what comes next and what one may do. */
export const TrackList = ({ detail, today = todayInAlmaty() }: { detail: CaseDetail; today?: string }) => (
  <div className="flex flex-col gap-3">
    {detail.tracks.map((track) => (
      <ProcedureCard key={track.id} track={track} detail={detail}>
        <WhatNext track={track} />
        <ProcedureActions caseId={detail.id} track={track} today={today} />
        <NextSteps caseId={detail.id} track={track} />
      </ProcedureCard>
    ))}
  </div>
);
