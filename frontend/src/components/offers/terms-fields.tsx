"use client";

import { useTranslations } from "next-intl";

import { DateInput, MoneyInput } from "@/components/ui/masked-inputs";
import { TextInput } from "@/components/ui/text-input";

import type { TypedTerms } from "./terms";

interface TermsFieldsProps {
  id: string;
  value: TypedTerms;
  onValue: (value: TypedTerms) => void;
  /** Words for a field of the terms by its name on the server. */
  errorOf: (name: string) => string | undefined;
  /** The creditor forgives; a borrower who proposes asks for it the same way. */
  asksForgiveness?: boolean;
}

/** Terms of an offer: rate, term, deferral, payment, what is forgiven. */
export const TermsFields = ({ id, value, onValue, errorOf, asksForgiveness = true }: TermsFieldsProps) => {
  const t = useTranslations("offers.terms");
  const common = useTranslations("common");
  const set = (name: keyof TypedTerms) => (text: string) => onValue({ ...value, [name]: text });
  const number = (name: Exclude<keyof TypedTerms, "first">, server: string, optional: boolean) => (
    <TextInput
      id={`${id}-${name}`}
      label={t(`${name}.label`)}
      help={t(`${name}.help`)}
      optional={optional ? common("optional") : undefined}
      error={errorOf(server)}
      inputMode="decimal"
      width="short"
      autoComplete="off"
      maxLength={8}
      value={value[name]}
      onChange={(event) => set(name)(event.target.value)}
    />
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {number("months", "term_months", false)}
      {number("rate", "rate_percent", true)}
      {number("defer", "defer_months", true)}
      <MoneyInput
        id={`${id}-payment`}
        label={t("payment.label")}
        help={t("payment.help")}
        optional={common("optional")}
        error={errorOf("payment_tiyn")}
        value={value.payment}
        onValueChange={set("payment")}
      />
      <DateInput
        id={`${id}-first`}
        label={t("first.label")}
        error={errorOf("first_payment_on")}
        value={value.first}
        onValueChange={set("first")}
      />
      {asksForgiveness && (
        <>
          {number("forgivePenalty", "forgive_penalty_percent", true)}
          {number("forgiveInterest", "forgive_interest_percent", true)}
          <MoneyInput
            id={`${id}-forgive-principal`}
            label={t("forgivePrincipal.label")}
            help={t("forgivePrincipal.help")}
            optional={common("optional")}
            error={errorOf("forgive_principal_tiyn")}
            value={value.forgivePrincipal}
            onValueChange={set("forgivePrincipal")}
          />
        </>
      )}
    </div>
  );
};
