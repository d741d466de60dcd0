"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

import { Panel } from "@/components/desk/panel";
import { ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDate, formatDateTime } from "@/lib/format";

import { caseChecksQuery, eligibilityListQuery, type EligibilityResult } from "../queries";
import { QuestionnaireFlow } from "./questionnaire";
import { VerdictBadge } from "./result";

interface CaseEligibilityProps {
  caseId: string;
  mayCheck: boolean;
  /** What can be done with a good result: opening the procedure stands outside of this feature. */
  resultActions?: (result: EligibilityResult) => ReactNode;
}

/** Rights on a case: what was checked before, and checking anew with what the case knows. */
export const CaseEligibility = ({ caseId, mayCheck, resultActions }: CaseEligibilityProps) => {
  const t = useTranslations("eligibility");
  const common = useTranslations("common");
  const locale = useLocale();
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useQuery(eligibilityListQuery(locale));
  const checks = useQuery(caseChecksQuery(caseId));
  const failed = list.error ?? checks.error;
  if (failed) return <ProblemState error={failed} onRetry={() => void checks.refetch()} />;
  if (!list.data || !checks.data) {
    return (
      <Loading label={common("loading")}>
        <Skeleton className="h-40" />
      </Loading>
    );
  }
  const sheet = list.data.items.find(({ code }) => code === chosen);
  if (sheet) {
    return (
      <Panel
        title={sheet.title}
        action={
          <Button variant="quiet" size="dense" onClick={() => setChosen(null)}>
            {t("toAll")}
          </Button>
        }
      >
        <QuestionnaireFlow key={sheet.code} code={sheet.code} caseId={caseId} resultActions={resultActions} />
      </Panel>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <ul className="grid gap-3 md:grid-cols-2">
        {list.data.items.map((item) => {
          const last = checks.data.items.find(({ code }) => code === item.code);
          return (
            <li
              key={item.code}
              className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4"
            >
              <h2 className="font-semibold">{item.title}</h2>
              <p className="text-sm text-muted">{item.intro}</p>
              {last && (
                <p className="flex flex-wrap items-center gap-2 text-sm">
                  <VerdictBadge verdict={last.verdict} />
                  {formatDate(last.on, locale)}
                </p>
              )}
              {mayCheck && (
                <Button
                  variant="secondary"
                  size="dense"
                  className="mt-auto self-start"
                  onClick={() => setChosen(item.code)}
                >
                  {t(last ? "checkAgain" : "start")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {checks.data.items.length > 0 && (
        <Panel title={t("history")}>
          <ul className="flex flex-col divide-y divide-line">
            {checks.data.items.map((item) => (
              <li key={item.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                <span className="min-w-0 flex-1 basis-56">{item.title}</span>
                <VerdictBadge verdict={item.verdict} />
                <span className="text-sm text-muted">
                  {formatDateTime(item.at, locale)}
                  {item.by_borrower ? `, ${t("byBorrower")}` : item.by && `, ${item.by}`}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
};
