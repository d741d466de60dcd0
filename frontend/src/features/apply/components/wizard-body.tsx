"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import type { CaseDetail } from "@/api/types";
import { Progress } from "@/components/ui/progress";

import type { Draft } from "../draft";
import { useDraftSaving } from "../hooks/use-draft-saving";
import { useStepAddress } from "../hooks/use-step-address";
import type { OpenDraft } from "../queries";
import type { PlacedError } from "../submission";
import { progressOf, sectionOf, SECTIONS, stepAfter, stepBefore, type StepRef, stepToText } from "../steps";
import { SavingNote } from "./saving-note";
import { WizardPage } from "./wizard-page";

interface WizardBodyProps {
  opened: OpenDraft;
  today: string;
  onSubmitted: (detail: CaseDetail) => void;
  onSignedOut: () => void;
}

const FIRST: StepRef = { name: "person" };

/** Holds the answers and the place; the page shown comes from the address. */
export const WizardBody = ({ opened, today, onSubmitted, onSignedOut }: WizardBodyProps) => {
  const t = useTranslations("apply");
  const [draft, setDraft] = useState<Draft>(opened.draft);
  const [serverErrors, setServerErrors] = useState<readonly PlacedError[]>([]);
  const saving = useDraftSaving(opened.caseId, opened.unsent);
  const { address, go } = useStepAddress();
  const step = address.step ?? opened.step ?? FIRST;
  const place = stepToText(step);
  const latest = useRef(draft);

  const { keep } = saving;
  useEffect(() => {
    if (opened.unsent) keep(place, latest.current, { now: true });
    // Only once: what the device held goes to the server as soon as the wizard opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const change = (next: Draft) => {
    latest.current = next;
    setDraft(next);
    keep(place, next);
  };
  const move = (target: StepRef, options: { isEdit?: boolean } = {}) => {
    keep(stepToText(target), latest.current, { now: true });
    go(target, options);
  };
  const forward = () => {
    setServerErrors((current) => current.filter((error) => stepToText(error.step) !== place));
    move(address.isEdit ? { name: "review" } : stepAfter(latest.current, step));
  };
  const before = address.isEdit ? { name: "review" as const } : stepBefore(draft, step);
  const section = sectionOf(step);

  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <Progress
          value={Math.round(progressOf(draft, step) * 100)}
          max={100}
          label={t("progress", {
            number: SECTIONS.indexOf(section) + 1,
            total: SECTIONS.length,
            name: t(`sections.${section}`),
          })}
        />
        <SavingNote state={saving.state} onSignIn={onSignedOut} />
      </div>
      <WizardPage
        key={place}
        caseId={opened.caseId}
        step={step}
        draft={draft}
        today={today}
        isEdit={address.isEdit}
        serverErrors={serverErrors}
        onChange={change}
        onBack={before ? () => move(before) : null}
        onForward={forward}
        onMove={move}
        onServerErrors={setServerErrors}
        onSubmitting={saving.stop}
        onSubmitFailed={saving.resume}
        onSubmitted={onSubmitted}
        onSignedOut={onSignedOut}
      />
    </div>
  );
};
