"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { Loaded } from "@/components/loaded";
import { EmptyState } from "@/components/state-panels";
import { formatMoney } from "@/lib/format";
import { useHints } from "@/lib/realtime";

import { affordabilityQuery, debtKeys, debtsQuery } from "../queries";
import { CheckCard } from "./check-card";
import { OwnDebt } from "./own-debt";

const WhatCanBeBorne = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseDebts.own");
  const { data } = useQuery(affordabilityQuery(caseId));
  if (!data) return null;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-lg font-semibold">{t("bearable")}</h3>
      <CheckCard check={data} heading="h4" large />
    </section>
  );
};

/** The borrower's page «Debts»: how much, of what it consists, what to pay next, what may be asked for. */
export const OwnDebts = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseDebts");
  const query = useQuery(debtsQuery(caseId));
  useHints(`case:${caseId}`, [debtKeys.case(caseId)]);
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <h2 className="text-lg font-semibold">{t("own.title")}</h2>
      <Loaded query={query} shapes={["h-40", "h-64"]}>
        {(page) =>
          page.items.length === 0 ? (
            <EmptyState title={t("emptyTitle")} text={t("emptyText")} />
          ) : (
            <>
              {page.items.length > 1 && (
                <p>
                  {t("own.total", { count: page.items.length })}{" "}
                  <strong className="font-semibold whitespace-nowrap text-ink tabular-nums">
                    {formatMoney(page.total_tiyn)}
                  </strong>
                </p>
              )}
              {page.items.map((debt) => (
                <OwnDebt key={debt.id} caseId={caseId} debt={debt} version={page.version} />
              ))}
              <WhatCanBeBorne caseId={caseId} />
            </>
          )
        }
      </Loaded>
    </div>
  );
};
