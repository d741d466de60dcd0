"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { TypedField } from "@/components/form/typed-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { toTypedDate } from "@/lib/dates";
import { tiynToTyped } from "@/lib/money";
import { hasCode } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";
import { type FieldSpec, type TypedValue, useTypedFields } from "@/lib/use-typed-fields";

import { useEditContract } from "../mutations";
import type { Debt } from "../types";

type Contract = Debt["contract"];

const SPECS = {
  kind: { kind: "text" },
  contract_number: { kind: "text", required: true },
  contract_date: { kind: "date", required: true },
  original_amount_tiyn: { kind: "money" },
  upfront_fees_tiyn: { kind: "money" },
  monthly_payment_tiyn: { kind: "money" },
  rate_percent: { kind: "percent" },
  apr_percent: { kind: "percent" },
  term_months: { kind: "whole" },
  currency: { kind: "text" },
  overdue_since: { kind: "date" },
  purpose: { kind: "text" },
  collateral: { kind: "text" },
  guarantors: { kind: "text" },
} as const satisfies Record<string, FieldSpec>;

type Name = keyof typeof SPECS;

const NAMES = Object.keys(SPECS) as Name[];
const KINDS = [
  "",
  "UNSECURED",
  "SECURED",
  "MORTGAGE",
  "MICROCREDIT",
  "MICROCREDIT_SHORT",
  "CARD",
  "OTHER",
] as const;
const CURRENCIES = ["KZT", "USD", "EUR", "RUB"] as const;
const WORDS: readonly Name[] = ["purpose", "collateral", "kind"];

const typedOf = (contract: Contract, name: Name): string => {
  if (name === "guarantors") return (contract.guarantors ?? []).map((row) => row.name).join("\n");
  const value = contract[name];
  if (value === null) return "";
  if (SPECS[name].kind === "money") return tiynToTyped(Number(value));
  if (SPECS[name].kind === "date") return toTypedDate(String(value));
  return SPECS[name].kind === "percent" ? String(value).replace(".", ",") : String(value);
};

/** One name a line; who was there before keeps the role, the others are guarantors. */
const guarantorsOf = (typed: TypedValue, before: Contract["guarantors"]) =>
  String(typed ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((name) => before?.find((row) => row.name === name) ?? { role: "guarantor", name });

/** Only what was changed is sent, so that two people may correct different fields. */
const changesOf = (values: Record<Name, TypedValue>, typed: Record<Name, string>, contract: Contract) =>
  Object.fromEntries(
    NAMES.filter((name) => typed[name] !== typedOf(contract, name)).map((name) => {
      if (name === "guarantors") return [name, guarantorsOf(values[name], contract.guarantors)];
      return [name, WORDS.includes(name) ? (values[name] ?? "") : values[name]];
    }),
  );

interface ContractFormProps {
  caseId: string;
  debt: Debt;
  version: number;
  onClose: () => void;
}

export const ContractForm = ({ caseId, debt, version, onClose }: ContractFormProps) => {
  const t = useTranslations("caseDebts.contract");
  const common = useTranslations("common");
  const describe = useProblemText();
  const edit = useEditContract(caseId, debt.id, onClose);
  // What was on the screen when the editing began; a newer version is taken only when the reader has seen it.
  const [seen, setSeen] = useState({ version, contract: debt.contract });
  const initial = Object.fromEntries(NAMES.map((name) => [name, typedOf(seen.contract, name)])) as Record<
    Name,
    string
  >;
  const form = useTypedFields<Name>(SPECS, initial, edit.error);
  const isStale = hasCode(edit.error, "case.changed_meanwhile");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values = form.read();
    if (!values || edit.isPending) return;
    edit.mutate({ version: seen.version, changes: changesOf(values, form.typed, seen.contract) });
  };
  const field = (name: Name) => (
    <TypedField
      key={name}
      form={form}
      name={name}
      spec={SPECS[name]}
      prefix={`contract-${debt.index}`}
      label={t(name)}
      help={
        name === "guarantors"
          ? t("guarantorsHelp")
          : name === "upfront_fees_tiyn"
            ? t("upfrontHelp")
            : undefined
      }
      multiline={name === "guarantors"}
      options={
        name === "kind"
          ? KINDS.map((value) => ({ value, label: t(`kinds.${value || "UNKNOWN"}`) }))
          : name === "currency"
            ? CURRENCIES.map((value) => ({ value, label: value }))
            : undefined
      }
    />
  );
  return (
    <form noValidate onSubmit={submit} aria-label={t("edit")} className="flex flex-col gap-4">
      {Boolean(edit.error) && !form.isAtFields && (
        <Alert tone={isStale ? "warning" : "danger"} live>
          <p>{describe(edit.error)}</p>
          {isStale && (
            <p>
              <Button
                variant="secondary"
                size="dense"
                onClick={() => {
                  setSeen({ version, contract: debt.contract });
                  edit.reset();
                }}
              >
                {t("keepMine")}
              </Button>
            </p>
          )}
        </Alert>
      )}
      <div className="grid gap-4 sm:grid-cols-2">{NAMES.map(field)}</div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={edit.isPending}>
          {t("save")}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  );
};
