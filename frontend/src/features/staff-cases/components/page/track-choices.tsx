"use client";

import { useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { CheckboxCards } from "@/components/ui/choices";

import { openableKinds } from "../../openable";
import type { StaffCase } from "../../types";

interface TrackChoicesProps {
  id: string;
  detail: StaffCase;
  values: readonly string[];
  error?: string;
  onValues: (values: string[]) => void;
}

/** Procedures that the platform carries out are chosen here; of the others it says that a manager leads them. */
export const TrackChoices = ({ id, detail, values, error, onValues }: TrackChoicesProps) => {
  const t = useTranslations("staff.move");
  const openable = openableKinds(detail);
  const byHand = new Set(
    detail.tracks.filter((track) => track.proposed && !track.can_be_opened).map((track) => track.kind_label),
  );
  return (
    <>
      {openable.size > 0 && (
        <CheckboxCards
          id={id}
          name="track_kinds"
          label={t("tracks")}
          error={error}
          values={values}
          choices={[...openable].map(([value, label]) => ({ value, label: label ?? t("restructuring") }))}
          onValuesChange={onValues}
        />
      )}
      {byHand.size > 0 && (
        <Alert tone="info">
          <p>{t("byHand", { kinds: [...byHand].join(", ") })}</p>
        </Alert>
      )}
    </>
  );
};
