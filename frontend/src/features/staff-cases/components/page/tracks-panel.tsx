"use client";

import { useTranslations } from "next-intl";

import { known, WHY } from "@/components/procedures/codes";
import { Badge } from "@/components/ui/badge";
import { Stepper } from "@/components/ui/stepper";

import type { StaffCase, StaffTrack } from "../../types";
import { Panel } from "./panel";

const stepState = (step: StaffTrack["steps"][number]) =>
  step.current ? "current" : step.done ? "done" : "coming";

const OpenTrack = ({ track, creditor }: { track: StaffTrack; creditor: string | undefined }) => {
  const t = useTranslations("staff.tracks");
  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
      <p className="font-medium text-ink">{track.kind_label}</p>
      {creditor && <p className="text-xs text-muted">{creditor}</p>}
      <Badge tone="primary" className="self-start text-xs">
        {track.state_label}
      </Badge>
      {track.steps.length > 0 && (
        <details>
          <summary className="min-h-9 py-1.5 text-primary">{t("steps")}</summary>
          <div className="pt-2">
            <Stepper
              items={track.steps.map((step) => ({
                key: step.state,
                label: step.label,
                state: stepState(step),
              }))}
              labels={{ done: t("done"), current: t("current"), coming: t("coming") }}
            />
          </div>
        </details>
      )}
    </li>
  );
};

const ProposedTrack = ({ track, creditor }: { track: StaffTrack; creditor: string | undefined }) => {
  const t = useTranslations("staff");
  const why = useTranslations("procedures.why");
  const reasons = track.reasons.flatMap((reason) => known(WHY, reason) ?? []);
  return (
    <li className="flex flex-col gap-1 py-2.5 first:pt-0 last:pb-0">
      <p className="font-medium text-ink">{track.kind_label}</p>
      {creditor && <p className="text-xs text-muted">{creditor}</p>}
      {reasons.length > 0 && <p>{reasons.map((reason) => why(reason)).join("; ")}</p>}
      {!track.can_be_opened && <p className="text-xs text-muted">{t("tracks.byHand")}</p>}
    </li>
  );
};

/** Procedures that run, and those that the rules propose with the reason why. */
export const TracksPanel = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("staff.tracks");
  const names = new Map(detail.obligations.map((debt) => [debt.id, debt.creditor.name]));
  const creditorOf = (track: StaffTrack) =>
    track.obligation_id ? names.get(track.obligation_id) : undefined;
  const opened = detail.tracks.filter((track) => !track.proposed);
  const proposed = detail.tracks.filter((track) => track.proposed);
  return (
    <Panel id="tracks" title={t("title")}>
      {detail.tracks.length === 0 && <p className="text-muted">{t("none")}</p>}
      {opened.length > 0 && (
        <ul className="flex flex-col divide-y divide-line">
          {opened.map((track) => (
            <OpenTrack key={track.id} track={track} creditor={creditorOf(track)} />
          ))}
        </ul>
      )}
      {proposed.length > 0 && (
        <div className="flex flex-col gap-2">
          <h3 className="font-medium text-muted">{t("proposed")}</h3>
          <ul className="flex flex-col divide-y divide-line">
            {proposed.map((track) => (
              <ProposedTrack key={track.id} track={track} creditor={creditorOf(track)} />
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
};
