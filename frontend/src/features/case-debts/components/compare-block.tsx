"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";

import { TypedField } from "@/components/form/typed-field";
import {
  EMPTY_OFFER,
  OFFER_SPECS,
  offerBody,
  OfferFields,
  type OfferName,
  offerPointer,
} from "@/components/schedules/offer-fields";
import { PlanComparison } from "@/components/schedules/plan-comparison";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { todayInAlmaty } from "@/lib/dates";
import { isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";
import { type FieldSpec, useTypedFields } from "@/lib/use-typed-fields";

import { useCompare } from "../mutations";
import type { Debt } from "../types";

type Name = OfferName | "oldRate" | "oldMonths";

const SPECS: Record<Name, FieldSpec> = {
  ...OFFER_SPECS,
  oldRate: { kind: "percent" },
  oldMonths: { kind: "whole" },
};
const OLD: Partial<Record<Name, string>> = { oldRate: "/old_rate_percent", oldMonths: "/old_months" };

/** The old terms are asked only when the data of the contract do not tell them. */
const asksOld = (debt: Debt, error: unknown) =>
  (isProblem(error) && error.errors.some(({ pointer }) => pointer.startsWith("/old_"))) ||
  (!debt.schedules.some(({ kind, superseded_at }) => kind === "contract" && superseded_at === null) &&
    (debt.contract.rate_percent === null || debt.months_left === null));

/** What new terms would mean: the tool for an offer of the creditor or one of one's own. */
export const CompareBlock = ({ debt }: { debt: Debt }) => {
  const t = useTranslations("caseDebts.compare");
  const describe = useProblemText();
  const compare = useCompare(debt.id);
  const form = useTypedFields<Name>(
    SPECS,
    {
      ...EMPTY_OFFER,
      rate: debt.contract.rate_percent === null ? "" : String(debt.contract.rate_percent).replace(".", ","),
      months: debt.months_left === null ? "" : String(debt.months_left + 12),
      oldRate: "",
      oldMonths: "",
    },
    compare.error,
    (name) => OLD[name] ?? offerPointer(name) ?? `/${name}`,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values = form.read();
    if (!values || compare.isPending) return;
    compare.mutate({
      new: offerBody(values),
      old_rate_percent: values.oldRate,
      old_months: values.oldMonths,
    });
  };
  const prefix = `compare-${debt.index}`;
  return (
    <div className="flex flex-col gap-5">
      <form noValidate onSubmit={submit} aria-label={t("title")} className="flex flex-col gap-4">
        {Boolean(compare.error) && !form.isAtFields && (
          <Alert tone="danger" live>
            {describe(compare.error)}
          </Alert>
        )}
        {asksOld(debt, compare.error) && (
          <div className="grid gap-4 sm:grid-cols-2">
            <TypedField
              form={form}
              name="oldRate"
              spec={SPECS.oldRate}
              prefix={prefix}
              label={t("oldRate")}
            />
            <TypedField
              form={form}
              name="oldMonths"
              spec={SPECS.oldMonths}
              prefix={prefix}
              label={t("oldMonths")}
            />
          </div>
        )}
        <OfferFields form={form} prefix={prefix} />
        <Button type="submit" busy={compare.isPending} className="self-start">
          {t("show")}
        </Button>
      </form>
      <div aria-live="polite">
        {compare.data && <PlanComparison comparison={compare.data} start={todayInAlmaty()} />}
      </div>
    </div>
  );
};
