"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ErrorSummary, type SummaryItem } from "@/components/ui/error-summary";

import type { Draft } from "../../draft";
import type { StepRef } from "../../steps";
import { BackLink, StepHeading } from "../step-form";
import { type ReviewSection, useReviewSections } from "./review-sections";

interface ReviewStepProps {
  draft: Draft;
  /** What the server or the form itself found, each with the page to mend it on. */
  problems: readonly SummaryItem[];
  failure?: string;
  busy: boolean;
  onBack: (() => void) | null;
  onEdit: (step: StepRef) => void;
  onSubmit: () => void;
}

const Section = ({ section, onEdit }: { section: ReviewSection; onEdit: (step: StepRef) => void }) => {
  const t = useTranslations("apply.review");
  return (
    <section className="rounded-card border border-line bg-surface p-4">
      <h2 className="text-lg font-semibold">{section.title}</h2>
      <dl className="flex flex-col">
        {section.rows.map((row) => (
          <div
            key={row.label}
            className="grid grid-cols-[1fr_auto] gap-x-3 border-b border-line py-2 last:border-b-0 sm:grid-cols-[14rem_1fr_auto] sm:items-baseline"
          >
            <dt className="text-sm text-muted sm:text-base">{row.label}</dt>
            <dd className="col-start-1 min-w-0 whitespace-pre-line text-ink sm:col-start-auto">
              {row.value}
            </dd>
            <dd className="col-start-2 row-span-2 row-start-1 sm:col-start-3">
              <Button
                variant="quiet"
                size="dense"
                onClick={() => onEdit(row.step)}
                className="-mr-3 min-h-11"
              >
                {t("edit")}
                <span className="sr-only">: {row.label}</span>
              </Button>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

/** Everything on one page before it is sent; each answer leads back to its question and returns here. */
export const ReviewStep = ({ draft, problems, failure, busy, onBack, onEdit, onSubmit }: ReviewStepProps) => {
  const t = useTranslations("apply.review");
  const common = useTranslations("common");
  const locale = useLocale();
  const sections = useReviewSections(draft, locale);
  const notice: ReactNode = failure && (
    <Alert tone="danger" live>
      {failure}
    </Alert>
  );
  return (
    <div className="flex flex-col gap-6">
      <BackLink onBack={onBack} />
      <ErrorSummary title={common("problemSummary")} items={problems} />
      {notice}
      <StepHeading title={t("title")} lead={<p>{t("lead")}</p>} />
      {sections.map((section) => (
        <Section key={section.title} section={section} onEdit={onEdit} />
      ))}
      <Alert tone="info">{t("next")}</Alert>
      <Button size="large" busy={busy} onClick={onSubmit} className="sm:self-start">
        {t("submit")}
      </Button>
    </div>
  );
};
