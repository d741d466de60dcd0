"use client";

import { useLocale, useTranslations } from "next-intl";

import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatDate, formatPhone } from "@/lib/format";

import { type PowerDraft, type Step, toPowerInput } from "../draft";

interface ReviewStepProps {
  draft: PowerDraft;
  busy: boolean;
  error: unknown;
  onChange: (step: Step) => void;
  onSubmit: () => void;
}

/** Everything once more before a stranger gets to see a person's debts. */
export const ReviewStep = ({ draft, busy, error, onChange, onSubmit }: ReviewStepProps) => {
  const t = useTranslations("powers.new");
  const powers = useTranslations("powers");
  const locale = useLocale();
  const power = toPowerInput(draft);
  const signs = power.scope.includes("sign");
  const rows: { step: Step; label: string; value: string }[] = [
    { step: "who", label: t("who"), value: formatPhone(power.representative_phone) },
    {
      step: "scope",
      label: powers("may"),
      value: power.scope.map((scope) => powers(`scopes.${scope}`)).join("; "),
    },
    {
      step: "days",
      label: powers("days"),
      value: powers("span", {
        from: formatDate(power.valid_from, locale, "from"),
        until: formatDate(power.valid_until, locale, "until"),
      }),
    },
  ];
  if (signs)
    rows.push({ step: "paper", label: powers("paper"), value: `${power.number}, ${power.issued_by}` });
  return (
    <div className="flex flex-col gap-5">
      <ProblemAlert error={error} />
      <Card className="py-2 sm:py-3">
        <dl className="flex flex-col divide-y divide-line">
          {rows.map(({ step, label, value }) => (
            <div key={step} className="flex items-start justify-between gap-4 py-3">
              <div className="min-w-0">
                <dt className="text-sm text-muted">{label}</dt>
                <dd className="text-ink">{value}</dd>
              </div>
              <dd>
                <Button
                  variant="quiet"
                  className="-mr-3"
                  aria-label={t("changeLabel", { what: label })}
                  onClick={() => onChange(step)}
                >
                  {t("change")}
                </Button>
              </dd>
            </div>
          ))}
        </dl>
      </Card>
      <Alert tone="info">
        <p>{t(signs ? "afterSign" : "afterView")}</p>
      </Alert>
      <Button busy={busy} className="sm:self-start" onClick={onSubmit}>
        {t("submit")}
      </Button>
    </div>
  );
};
