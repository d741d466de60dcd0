"use client";

import { useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { CheckboxCards } from "@/components/ui/choices";

import type { StaffTrack } from "../../types";

interface TrackChoicesProps {
  id: string;
  tracks: readonly StaffTrack[];
  values: readonly string[];
  error?: string;
  onValues: (values: string[]) => void;
}

/** Restructuring can be opened without a proposal too: a manager may know better than the rules. */
const ALWAYS = "RESTRUCTURING";

/** Procedures that the platform carries out are chosen here; of the others it says that a manager leads them. */
export const TrackChoices = ({ id, tracks, values, error, onValues }: TrackChoicesProps) => {
  const t = useTranslations("staff.move");
  const proposed = tracks.filter((track) => track.proposed);
  const runnable = new Map(
    proposed.filter((track) => track.can_be_opened).map((track) => [track.kind, track.kind_label]),
  );
  if (!tracks.some((track) => track.kind === ALWAYS)) runnable.set(ALWAYS, t("restructuring"));
  const byHand = [
    ...new Set(proposed.filter((track) => !track.can_be_opened).map((track) => track.kind_label)),
  ];
  return (
    <>
      {runnable.size > 0 && (
        <CheckboxCards
          id={id}
          name="track_kinds"
          label={t("tracks")}
          error={error}
          values={values}
          choices={[...runnable].map(([value, label]) => ({ value, label }))}
          onValuesChange={onValues}
        />
      )}
      {byHand.length > 0 && (
        <Alert tone="info">
          <p>{t("byHand", { kinds: byHand.join(", ") })}</p>
        </Alert>
      )}
    </>
  );
};
