"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { Loaded } from "@/components/loaded";
import { EmptyState } from "@/components/state-panels";
import { formatMoney } from "@/lib/format";
import { useHints } from "@/lib/realtime";

import { affordabilityQuery, debtKeys, debtsQuery } from "../queries";
import { CheckCard } from "./check-card";
import { DebtCard } from "./debt-card";

const AffordabilityCard = ({ caseId }: { caseId: string }) => {
  // Whoever sees the case masked is refused; the page goes on without the card.
  const { data } = useQuery(affordabilityQuery(caseId));
  return data ? <CheckCard check={data} heading="h2" /> : null;
};

/** The page «Debts» of a case for staff. */
export const StaffDebts = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseDebts");
  const query = useQuery(debtsQuery(caseId));
  useHints(`case:${caseId}`, [debtKeys.case(caseId)]);
  return (
    <div className="flex min-w-0 flex-col gap-4 p-4">
      <Loaded query={query} shapes={["h-24", "h-96"]}>
        {(page) =>
          page.items.length === 0 ? (
            <EmptyState title={t("emptyTitle")} text={t("emptyText")} />
          ) : (
            <>
              <p className="text-base text-muted">
                {t("total", { count: page.items.length })}{" "}
                <strong className="text-ink tabular-nums">{formatMoney(page.total_tiyn)}</strong>
              </p>
              <AffordabilityCard caseId={caseId} />
              {page.items.map((debt) => (
                <DebtCard key={debt.id} caseId={caseId} debt={debt} version={page.version} />
              ))}
            </>
          )
        }
      </Loaded>
    </div>
  );
};
