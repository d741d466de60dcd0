"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import type { Consent, ConsentText } from "@/api/types";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choices";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDateTime } from "@/lib/format";
import { hasCode } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { useAcceptConsents } from "../../mutations";
import { consentsQuery, consentTextsQuery } from "../../queries";
import { BackLink, StepHeading } from "../step-form";

export const acceptanceOf = (text: ConsentText, accepted: readonly Consent[]): Consent | undefined =>
  accepted.find((item) => item.kind === text.kind && item.version === text.version && !item.withdrawn_at);

export const useConsents = () => {
  const locale = useLocale();
  const texts = useQuery(consentTextsQuery(locale));
  const accepted = useQuery(consentsQuery);
  return {
    texts: texts.data?.items,
    accepted: accepted.data?.items,
    error: texts.error ?? accepted.error,
    retry: () => void Promise.all([texts.refetch(), accepted.refetch()]),
  };
};

export const ConsentsLoading = () => {
  const t = useTranslations("common");
  return (
    <Loading label={t("loading")} className="flex flex-col gap-4">
      <Skeleton className="h-8 w-3/4" />
      <Skeleton className="h-48" />
      <Skeleton className="h-48" />
    </Loading>
  );
};

/** The whole text, at reading size, in a frame that scrolls by itself. */
export const ConsentBody = ({ text }: { text: ConsentText }) => {
  const t = useTranslations("apply.consents");
  return (
    <div className="flex flex-col gap-2">
      <div
        role="region"
        aria-label={text.title}
        tabIndex={0}
        className="measure max-h-72 overflow-y-auto rounded-card border border-line bg-surface p-4 whitespace-pre-line"
      >
        {text.body}
      </div>
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
        {t("version", { version: text.version })}
        {text.needs_lawyer_review && <Badge tone="warning">{t("needsReview")}</Badge>}
      </p>
    </div>
  );
};

export const AcceptedMark = ({ consent }: { consent: Consent }) => {
  const t = useTranslations("apply.consents");
  const locale = useLocale();
  return (
    <p className="flex items-start gap-2 font-medium text-success">
      <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
      {t("accepted", { when: formatDateTime(consent.accepted_at, locale) })}
    </p>
  );
};

interface ConsentsStepProps {
  onBack: (() => void) | null;
  submitLabel: string;
  onContinue: () => void;
}

const ConsentsForm = ({
  texts,
  accepted,
  onBack,
  submitLabel,
  onContinue,
}: ConsentsStepProps & { texts: readonly ConsentText[]; accepted: readonly Consent[] }) => {
  const t = useTranslations("apply.consents");
  const errors = useTranslations("apply.errors");
  const describe = useProblemText();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [isChecked, setChecked] = useState(false);
  const accept = useAcceptConsents();
  const open = texts.filter((text) => !acceptanceOf(text, accepted));
  const unticked = open.filter((text) => !ticked.includes(text.kind));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (accept.isPending) return;
    setChecked(true);
    if (unticked[0]) document.getElementById(`consent-${unticked[0].kind}`)?.focus();
    else if (open.length === 0) onContinue();
    else
      accept.mutate(
        open.map((text) => ({ text })),
        { onSuccess: onContinue },
      );
  };

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-6">
      <BackLink onBack={onBack} />
      <StepHeading title={t("title")} lead={<p>{t("lead")}</p>} />
      {accept.error && (
        <Alert tone="danger" live>
          {hasCode(accept.error, "consent.text_changed") ? t("textChanged") : describe(accept.error)}
        </Alert>
      )}
      {texts.map((text) => {
        const acceptance = acceptanceOf(text, accepted);
        return (
          <div key={text.kind} className="flex flex-col gap-3">
            <h2 className="text-lg font-semibold">{text.title}</h2>
            <ConsentBody text={text} />
            {acceptance ? (
              <AcceptedMark consent={acceptance} />
            ) : (
              <Checkbox
                id={`consent-${text.kind}`}
                label={t("agree")}
                checked={ticked.includes(text.kind)}
                error={isChecked && !ticked.includes(text.kind) ? errors("agree") : undefined}
                onChange={(event) =>
                  setTicked((current) =>
                    event.target.checked
                      ? [...current, text.kind]
                      : current.filter((kind) => kind !== text.kind),
                  )
                }
              />
            )}
          </div>
        );
      })}
      <Button type="submit" size="large" busy={accept.isPending} className="sm:self-start">
        {submitLabel}
      </Button>
    </form>
  );
};

/** Consents to keep the data and to pass it to the lender; each is accepted by its own tick under its own text. */
export const ConsentsStep = (props: ConsentsStepProps) => {
  const { texts, accepted, error, retry } = useConsents();
  if (error) return <ProblemState error={error} onRetry={retry} />;
  if (!texts || !accepted) return <ConsentsLoading />;
  return (
    <ConsentsForm
      {...props}
      texts={texts.filter((text) => text.kind !== "sms_agreement")}
      accepted={accepted}
    />
  );
};
