"use client";

import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { FormEvent } from "react";

import type { components } from "@/api/schema";
import { TypedField } from "@/components/form/typed-field";
import { TraceList } from "@/components/schedules/trace-list";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { api } from "@/lib/api-client";
import { formatDate, formatMoney } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";
import { type FieldSpec, useTypedFields } from "@/lib/use-typed-fields";

type Early = components["schemas"]["EarlyRepaymentItem"];
type Name = "principal_tiyn" | "rate_percent" | "months" | "after" | "extra_tiyn" | "mode";

const SPECS: Record<Name, FieldSpec> = {
  principal_tiyn: { kind: "money", required: true },
  rate_percent: { kind: "percent", required: true },
  months: { kind: "whole", required: true },
  after: { kind: "whole", required: true },
  extra_tiyn: { kind: "money", required: true },
  mode: { kind: "text" },
};
const EMPTY: Record<Name, string> = {
  principal_tiyn: "",
  rate_percent: "",
  months: "",
  after: "1",
  extra_tiyn: "",
  mode: "term",
};

const Result = ({ found }: { found: Early }) => {
  const t = useTranslations("calculator.early");
  const locale = useLocale();
  return (
    <div className="flex flex-col gap-2">
      <p className="text-lg font-semibold text-ink">{t("saved", { sum: formatMoney(found.saved_tiyn) })}</p>
      <p>
        {found.payments_fewer > 0
          ? t("shorter", { count: found.payments_fewer, date: formatDate(found.ends, locale) })
          : t("smaller", {
              before: formatMoney(found.payment_before_tiyn),
              after: formatMoney(found.payment_after_tiyn),
            })}
      </p>
      <TraceList lines={found.trace} />
    </div>
  );
};

/** What paying more than asked saves, and what is better: fewer payments or smaller ones. */
export const EarlyCalculator = () => {
  const t = useTranslations("calculator.early");
  const describe = useProblemText();
  const calculation = useMutation({
    mutationFn: (body: object) => api.post<Early>("/calculators/early-repayment/", body),
  });
  const form = useTypedFields<Name>(SPECS, EMPTY, calculation.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values = form.read();
    if (values && !calculation.isPending) calculation.mutate(values);
  };
  const field = (name: Exclude<Name, "mode">) => (
    <TypedField form={form} name={name} spec={SPECS[name]} prefix="early" label={t(`fields.${name}`)} />
  );
  return (
    <Card className="flex flex-col gap-4" aria-labelledby="early-title">
      <h2 id="early-title" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="measure">{t("lead")}</p>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {Boolean(calculation.error) && !form.isAtFields && (
          <Alert tone="danger" live>
            {describe(calculation.error)}
          </Alert>
        )}
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-4">
          {field("principal_tiyn")}
          {field("rate_percent")}
          {field("months")}
          {field("after")}
          {field("extra_tiyn")}
          <TypedField
            form={form}
            name="mode"
            spec={SPECS.mode}
            prefix="early"
            label={t("fields.mode")}
            options={[
              { value: "term", label: t("modes.term") },
              { value: "payment", label: t("modes.payment") },
            ]}
          />
        </div>
        <Button type="submit" variant="secondary" busy={calculation.isPending} className="self-start">
          {t("show")}
        </Button>
      </form>
      <div aria-live="polite">{calculation.data && <Result found={calculation.data} />}</div>
    </Card>
  );
};
