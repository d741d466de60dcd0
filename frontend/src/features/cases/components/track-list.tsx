"use client";

import { useTranslations } from "next-intl";

import type { Obligation, Track } from "@/api/types";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Stepper } from "@/components/ui/stepper";

const stateOf = (step: Track["steps"][number]) => (step.current ? "current" : step.done ? "done" : "coming");

/** The procedures of a case, each as its way with the place where it stands. */
export const TrackList = ({
  tracks,
  obligations,
}: {
  tracks: readonly Track[];
  obligations: readonly Obligation[];
}) => {
  const t = useTranslations("cases.tracks");
  const labels = { done: t("done"), current: t("current"), coming: t("coming") };
  const creditorOf = (track: Track) =>
    obligations.find((obligation) => obligation.id === track.obligation_id)?.creditor.name;
  return (
    <div className="flex flex-col gap-3">
      {tracks.map((track) => (
        <Card key={track.id} className="flex flex-col gap-4">
          <div className="flex flex-wrap items-start justify-between gap-2">
            <div className="min-w-0">
              <h3 className="font-semibold">{track.kind_label}</h3>
              {creditorOf(track) && <p className="text-sm text-muted">{creditorOf(track)}</p>}
            </div>
            <Badge tone={track.proposed ? "neutral" : "primary"}>
              {track.proposed ? t("proposed") : track.state_label}
            </Badge>
          </div>
          {!track.proposed && track.steps.length > 0 && (
            <Stepper
              labels={labels}
              items={track.steps.map((step) => ({
                key: step.state,
                label: step.label,
                state: stateOf(step),
              }))}
            />
          )}
        </Card>
      ))}
    </div>
  );
};
