"use client";

import { useQuery } from "@tanstack/react-query";
import { FileCheck2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { type NextStep, nextStepsQuery, useChooseStep } from "../queries";

/** What an unkept duty has opened: the steps to choose from and the proof that is ready for them. */
export const NextSteps = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseTerms.next");
  const query = useQuery(nextStepsQuery(caseId));
  const steps = query.data?.items ?? [];
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="next-steps" className="flex flex-col gap-3">
      <h2 id="next-steps" className="text-base font-semibold">
        {t("title")}
      </h2>
      {steps.map((step) => (
        <StepCard key={step.id} caseId={caseId} step={step} />
      ))}
    </section>
  );
};

const StepCard = ({ caseId, step }: { caseId: string; step: NextStep }) => {
  const t = useTranslations("caseTerms.next");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const choose = useChooseStep(caseId, () => toast.show("success", t("done")));
  const chosen = step.steps.find(({ kind }) => kind === step.chosen);
  return (
    <article className="flex flex-col gap-3 rounded-card border-2 border-warning bg-surface p-4">
      <div>
        <h3 className="text-base font-semibold text-ink">{t("over", { term: step.term })}</h3>
        <p className="measure">
          {t("since", { who: step.bound_label, date: formatDate(step.due, locale, "until") })}{" "}
          {step.creditor && <span className="text-muted">{step.creditor}</span>}
        </p>
        {step.consequence && <p className="measure mt-1">{step.consequence}</p>}
      </div>
      <div>
        <p className="font-medium text-ink">{t("evidence")}</p>
        <ul className="mt-1 flex flex-col gap-1">
          {step.evidence.map((item, place) => (
            <li key={`${item.kind}-${place}`} className="flex items-start gap-2 text-sm">
              <FileCheck2 aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
              <span className="min-w-0 break-words">
                {item.kind_label}
                {item.title && `: ${item.title}`}
                {item.on && `, ${formatDate(item.on, locale)}`}
              </span>
            </li>
          ))}
        </ul>
      </div>
      {Boolean(choose.error) && (
        <Alert tone="danger" live>
          {describe(choose.error)}
        </Alert>
      )}
      {chosen ? (
        <p>
          <Badge tone="success">{t("chosen", { step: chosen.label })}</Badge>
        </p>
      ) : (
        step.can_choose && (
          <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
            {step.steps.map(({ kind, label, free }, place) => (
              <Button
                key={kind}
                variant={place === 0 ? "primary" : "secondary"}
                busy={choose.isPending && choose.variables.step === kind}
                disabled={choose.isPending}
                onClick={() => choose.mutate({ offerId: step.id, step: kind })}
              >
                {free ? t("free", { step: label }) : label}
              </Button>
            ))}
          </div>
        )
      )}
    </article>
  );
};
