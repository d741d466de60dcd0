"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Facts } from "@/components/desk/facts";
import { Button } from "@/components/ui/button";
import { formatDate, formatMoney } from "@/lib/format";

import type { Debt } from "../types";
import { ContractForm } from "./contract-form";

interface ContractBlockProps {
  caseId: string;
  debt: Debt;
  version: number;
}

const useValues = () => {
  const locale = useLocale();
  const t = useTranslations("caseDebts.contract");
  return {
    money: (tiyn: number | null) => (tiyn === null ? null : formatMoney(tiyn)),
    percent: (value: number | null) =>
      value === null
        ? null
        : t("percent", { value: locale === "en" ? String(value) : String(value).replace(".", ",") }),
    day: (iso: string | null) => (iso === null ? null : formatDate(iso, locale)),
  };
};

const Shown = ({ debt }: { debt: Debt }) => {
  const t = useTranslations("caseDebts.contract");
  const { money, percent, day } = useValues();
  const { contract } = debt;
  const items = [
    { label: t("kind"), value: contract.kind_label },
    { label: t("contract_number"), value: contract.contract_number },
    { label: t("contract_date"), value: day(contract.contract_date) },
    { label: t("original_amount_tiyn"), value: money(contract.original_amount_tiyn) },
    { label: t("upfront_fees_tiyn"), value: money(contract.upfront_fees_tiyn) },
    { label: t("monthly_payment_tiyn"), value: money(contract.monthly_payment_tiyn) },
    { label: t("rate_percent"), value: percent(contract.rate_percent) },
    { label: t("apr_percent"), value: percent(contract.apr_percent) },
    {
      label: t("term_months"),
      value: contract.term_months === null ? null : t("months", { count: contract.term_months }),
    },
    { label: t("currency"), value: contract.currency },
    { label: t("overdue_since"), value: day(contract.overdue_since) },
    { label: t("purpose"), value: contract.purpose },
    { label: t("collateral"), value: contract.collateral },
    {
      label: t("guarantors"),
      value: contract.guarantors?.map(({ role, name }) => `${name} (${t(`roles.${role}`)})`).join(", "),
    },
  ];
  const half = Math.ceil(items.length / 2);
  return (
    <div className="grid w-full gap-x-8 gap-y-1.5 lg:grid-cols-2">
      <Facts items={items.slice(0, half)} />
      <Facts items={items.slice(half)} />
    </div>
  );
};

/** Data of a contract, read and corrected in the same place. */
export const ContractBlock = ({ caseId, debt, version }: ContractBlockProps) => {
  const t = useTranslations("caseDebts.contract");
  const [editing, setEditing] = useState(false);
  if (editing) {
    return <ContractForm caseId={caseId} debt={debt} version={version} onClose={() => setEditing(false)} />;
  }
  return (
    <div className="flex flex-col items-start gap-3 text-sm">
      <Shown debt={debt} />
      {debt.allowed_actions.includes("edit") && (
        <Button variant="secondary" size="dense" onClick={() => setEditing(true)}>
          {t("edit")}
        </Button>
      )}
    </div>
  );
};
