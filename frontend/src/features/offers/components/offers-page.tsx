"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { Loaded } from "@/components/loaded";
import { EmptyState } from "@/components/state-panels";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { formatMoney } from "@/lib/format";

import { type CaseAnswers, caseAnswersQuery } from "../queries";
import { AnswerCard } from "./answer-card";

const Debt = ({ caseId, debt }: { caseId: string; debt: CaseAnswers }) => {
  const t = useTranslations("offers.page");
  const [current, ...earlier] = debt.answers;
  return (
    <Card className="flex flex-col gap-4">
      <header className="flex flex-col gap-1">
        <h3 className="text-lg font-semibold">{debt.creditor_name}</h3>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
          <span>{t("contract", { number: debt.contract_number })}</span>
          <span className="tabular-nums">{formatMoney(debt.debt_tiyn)}</span>
          <Badge tone="info">{debt.state_label}</Badge>
        </p>
      </header>
      {current && <AnswerCard caseId={caseId} debt={debt} answer={current} />}
      {earlier.length > 0 && (
        <details className="border-t border-line pt-3">
          <summary className="min-h-11 cursor-pointer font-medium text-primary">
            {t("earlier", { count: earlier.length })}
          </summary>
          <div className="flex flex-col gap-6 pt-3">
            {earlier.map((answer) => (
              <AnswerCard key={answer.id} caseId={caseId} debt={debt} answer={answer} />
            ))}
          </div>
        </details>
      )}
    </Card>
  );
};

/** What creditors have answered, debt by debt: compare, accept, propose other terms, give the papers asked for. */
export const OffersPage = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("offers.page");
  const query = useQuery(caseAnswersQuery(caseId));
  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold sm:text-xl">{t("title")}</h2>
        <p className="measure text-muted">{t("lead")}</p>
      </header>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("emptyTitle")} text={t("emptyText")} />
          ) : (
            items.map((debt) => <Debt key={debt.obligation_id} caseId={caseId} debt={debt} />)
          )
        }
      </Loaded>
    </div>
  );
};
