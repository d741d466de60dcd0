"use client";

import { useTranslations } from "next-intl";

import { TypedField } from "@/components/form/typed-field";
import type { FieldSpec, TypedFields, TypedValue } from "@/lib/use-typed-fields";

export type OfferName =
  | "rate"
  | "months"
  | "deferralMonths"
  | "deferral"
  | "method"
  | "arrears"
  | "forgiveInterest"
  | "forgivePenalty";

export const OFFER_SPECS: Record<OfferName, FieldSpec> = {
  rate: { kind: "percent", required: true },
  months: { kind: "whole", required: true },
  deferralMonths: { kind: "whole" },
  deferral: { kind: "text" },
  method: { kind: "text" },
  arrears: { kind: "text" },
  forgiveInterest: { kind: "money" },
  forgivePenalty: { kind: "money" },
};

export const EMPTY_OFFER: Record<OfferName, string> = {
  rate: "",
  months: "",
  deferralMonths: "0",
  deferral: "principal",
  method: "annuity",
  arrears: "spread",
  forgiveInterest: "",
  forgivePenalty: "",
};

const POINTERS: Record<OfferName, string> = {
  rate: "/new/rate_percent",
  months: "/new/months",
  deferralMonths: "/new/deferral_months",
  deferral: "/new/deferral",
  method: "/new/method",
  arrears: "/new/arrears",
  forgiveInterest: "/new/forgiven/interest_tiyn",
  forgivePenalty: "/new/forgiven/penalty_tiyn",
};

export const offerPointer = (name: string): string | undefined => POINTERS[name as OfferName];

/** New terms as the server takes them. */
export const offerBody = (values: Record<OfferName, TypedValue>) => ({
  rate_percent: values.rate,
  months: values.months,
  deferral_months: values.deferralMonths ?? 0,
  deferral: values.deferral,
  method: values.method,
  arrears: values.arrears,
  forgiven: {
    interest_tiyn: values.forgiveInterest ?? 0,
    penalty_tiyn: values.forgivePenalty ?? 0,
  },
});

/** The fields of new terms, the same for staff, borrower and the public calculator. */
export const OfferFields = <N extends string>({
  form,
  prefix,
}: {
  form: TypedFields<N | OfferName>;
  prefix: string;
}) => {
  const t = useTranslations("schedules.offer");
  const field = (name: OfferName, help?: string) => (
    <TypedField
      form={form}
      name={name}
      spec={OFFER_SPECS[name]}
      prefix={prefix}
      label={t(name)}
      help={help}
    />
  );
  const choice = (
    name: "deferral" | "method" | "arrears",
    options: readonly { value: string; label: string }[],
  ) => (
    <TypedField
      form={form}
      name={name}
      spec={OFFER_SPECS[name]}
      prefix={prefix}
      label={t(name)}
      options={options}
    />
  );
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-4">
      {field("rate")}
      {field("months")}
      {field("deferralMonths", t("deferralMonthsHelp"))}
      {choice("deferral", [
        { value: "principal", label: t("choices.deferral.principal") },
        { value: "all", label: t("choices.deferral.all") },
      ])}
      {field("forgivePenalty")}
      {field("forgiveInterest")}
      {choice("arrears", [
        { value: "spread", label: t("choices.arrears.spread") },
        { value: "at_once", label: t("choices.arrears.at_once") },
      ])}
      {choice("method", [
        { value: "annuity", label: t("choices.method.annuity") },
        { value: "differentiated", label: t("choices.method.differentiated") },
      ])}
    </div>
  );
};
