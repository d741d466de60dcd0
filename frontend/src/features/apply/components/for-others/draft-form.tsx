"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import type { CaseDetail } from "@/api/types";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { hasCode, isProblem } from "@/lib/problem";

import { type Draft, emptyDebt } from "../../draft";
import { FORM_PLACE, type PreparedDraft } from "../../for-others";
import { useDraftSaving } from "../../hooks/use-draft-saving";
import { useSubmitCase } from "../../mutations";
import { formOf, incompleteParts, PARTS, type PartName } from "../../parts";
import { type PlacedError, placeError } from "../../submission";
import { SavingNote } from "../saving-note";
import { DebtParts, type DraftPartProps, EventParts } from "./list-parts";
import { PartList } from "./part-list";
import { IncomeParts, PersonParts, ReasonParts, RequestParts } from "./single-parts";

const BODIES: Record<PartName, (props: DraftPartProps) => React.ReactNode> = {
  person: PersonParts,
  debts: DebtParts,
  income: IncomeParts,
  events: EventParts,
  reason: ReasonParts,
  request: RequestParts,
};

const withDebt = (draft: Draft): Draft =>
  draft.debts.length > 0 ? draft : { ...draft, debts: [emptyDebt()] };

export const partId = (part: PartName) => `part-${part}`;

/** The first wrong field of a part, once its fields have been judged. */
const showFault = (part: PartName) => {
  const section = document.getElementById(partId(part));
  const field = section?.querySelector<HTMLElement>('[aria-invalid="true"]');
  (field ?? section)?.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
};

interface DraftFormProps {
  opened: PreparedDraft;
  today: string;
  onSubmitted: (detail: CaseDetail) => void;
  onSignedOut: () => void;
}

/** The whole application of somebody else on one page, kept as it is typed; what is missing is named and led to. */
export const DraftForm = ({ opened, today, onSubmitted, onSignedOut }: DraftFormProps) => {
  const t = useTranslations("caseIntake.form");
  const common = useTranslations("common");
  const caseId = opened.detail.id;
  const [draft, setDraft] = useState<Draft>(() => withDebt(opened.draft));
  const [tries, setTries] = useState(0);
  const [serverErrors, setServerErrors] = useState<readonly PlacedError[]>([]);
  const latest = useRef(draft);
  const saving = useDraftSaving(caseId, opened.unsent);
  const submit = useSubmitCase(caseId, onSubmitted);
  const missing = incompleteParts(draft, today);

  const { keep } = saving;
  useEffect(() => {
    if (opened.unsent) keep(FORM_PLACE, latest.current, { now: true });
    // Only once: what the device held goes to the server as soon as the form opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const change = (step: (draft: Draft) => Draft) => {
    latest.current = step(latest.current);
    setDraft(latest.current);
    keep(FORM_PLACE, latest.current);
  };
  const fail = (error: unknown) => {
    saving.resume();
    if (!isProblem(error)) return;
    setServerErrors(error.errors.map(placeError).filter((item): item is PlacedError => item !== null));
    if (error.status === 401) onSignedOut();
  };
  const press = () => {
    if (submit.isPending || submit.isSuccess) return;
    setTries((count) => count + 1);
    setServerErrors([]);
    if (missing.size > 0) return;
    saving.stop();
    submit.mutate(latest.current, { onError: fail });
  };

  const gaps = PARTS.filter((part) => tries > 0 && missing.has(part)).map((part) => ({
    text: t("missing", { part: t(`parts.${part}`) }),
    onSelect: () => showFault(part),
  }));
  const found = serverErrors.map(({ step, field, detail }) => ({
    text: detail,
    fieldId: field === "" ? undefined : `${formOf(step)}-${field}`,
  }));
  const isExplained = found.length > 0 || hasCode(submit.error, "validation");

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[13rem_minmax(0,46rem)]">
      <PartList missing={missing} />
      <div className="flex min-w-0 flex-col gap-6">
        <SavingNote state={saving.state} onSignIn={onSignedOut} />
        <ErrorSummary key={tries} title={common("problemSummary")} items={gaps.length > 0 ? gaps : found} />
        {!isExplained && <ProblemAlert error={submit.error} />}
        {PARTS.map((part) => {
          const Body = BODIES[part];
          return (
            <section
              key={part}
              id={partId(part)}
              aria-labelledby={`${partId(part)}-title`}
              className="flex scroll-mt-20 flex-col gap-3"
            >
              <h2 id={`${partId(part)}-title`} className="text-base font-semibold">
                {t(`parts.${part}`)}
              </h2>
              {part === "events" && <p className="measure -mt-2 text-muted">{t("eventsLead")}</p>}
              <Body draft={draft} today={today} tries={tries} serverErrors={serverErrors} onDraft={change} />
            </section>
          );
        })}
        <div className="flex flex-col gap-2 border-t border-line pt-4">
          <p className="measure text-muted">{t("next")}</p>
          <Button size="large" busy={submit.isPending} onClick={press} className="self-start">
            {t("submit")}
          </Button>
        </div>
      </div>
    </div>
  );
};
