"use client";

import { useTranslations } from "next-intl";

import { parseTypedDate } from "@/lib/dates";
import { formatDate, formatMoney } from "@/lib/format";
import type { Locale } from "@/lib/i18n/locales";
import { parseTypedMoney } from "@/lib/money";

import { isEventKind, isHardshipCode, isReliefKind } from "../../codes";
import type { DebtDraft, Draft } from "../../draft";
import type { StepRef } from "../../steps";

export interface ReviewRow {
  label: string;
  value: string;
  step: StepRef;
}

export interface ReviewSection {
  title: string;
  rows: ReviewRow[];
}

const useFormats = (locale: Locale) => {
  const t = useTranslations("apply.review");
  const empty = t("empty");
  return {
    text: (value: string) => value.trim() || empty,
    date: (value: string) => {
      const iso = parseTypedDate(value);
      return iso ? formatDate(iso, locale) : value.trim() || empty;
    },
    money: (value: string) => {
      const tiyn = parseTypedMoney(value);
      return tiyn === null ? value.trim() || empty : formatMoney(tiyn);
    },
  };
};

const useDebtSection = (locale: Locale) => {
  const t = useTranslations("apply.review");
  const { text, date, money } = useFormats(locale);
  return (debt: DebtDraft, index: number): ReviewSection => {
    const at = (name: StepRef["name"]): StepRef => ({ name, index });
    const overdue = debt.has_overdue === "no" ? t("noOverdue") : date(debt.overdue_since);
    const terms = [
      debt.monthly_payment && t("monthly", { sum: money(debt.monthly_payment) }),
      debt.rate && t("rate", { rate: debt.rate.replace("%", "") }),
      debt.term_months && t("term", { months: debt.term_months }),
      debt.collateral && t("collateral", { what: debt.collateral }),
    ].filter(Boolean);
    return {
      title: t("debt", { number: index + 1 }),
      rows: [
        { label: t("creditor"), value: text(debt.creditor_name), step: at("creditor") },
        {
          label: t("contract"),
          value: t("contractValue", { number: text(debt.contract_number), date: date(debt.contract_date) }),
          step: at("contract"),
        },
        {
          label: t("amounts"),
          value: t("amountsValue", {
            principal: money(debt.principal),
            interest: money(debt.interest || "0"),
            penalty: money(debt.penalty || "0"),
          }),
          step: at("amounts"),
        },
        { label: t("payment"), value: terms.join("\n") || t("empty"), step: at("payment") },
        { label: t("overdue"), value: overdue, step: at("overdue") },
      ],
    };
  };
};

/** Only the last four digits: a review may be read over a shoulder. */
const maskIin = (iin: string) => (iin.trim() === "" ? "" : `••••••••${iin.replace(/\D/g, "").slice(-4)}`);

export const useReviewSections = (draft: Draft, locale: Locale): ReviewSection[] => {
  const t = useTranslations("apply.review");
  const hardship = useTranslations("apply.hardship.codes");
  const relief = useTranslations("apply.relief.kind");
  const events = useTranslations("apply.events.kinds");
  const languages = useTranslations("apply.contact");
  const { text, date, money } = useFormats(locale);
  const debtSection = useDebtSection(locale);
  const { person, contact, income, family, relief: wanted } = draft;

  const eventLines = draft.events.map((event) =>
    t("eventValue", {
      what: isEventKind(event.kind) ? events(event.kind) : event.kind,
      date: date(event.date),
    }),
  );
  const numbers = [
    wanted.defer_months && t("deferValue", { months: wanted.defer_months }),
    wanted.new_term_months && t("term", { months: wanted.new_term_months }),
    wanted.new_rate && t("rate", { rate: wanted.new_rate.replace("%", "") }),
    wanted.new_payment && t("monthly", { sum: money(wanted.new_payment) }),
    wanted.comment,
  ].filter(Boolean);

  return [
    {
      title: t("you"),
      rows: [
        { label: t("name"), value: text(person.full_name), step: { name: "person" } },
        { label: t("iin"), value: text(maskIin(person.iin)), step: { name: "person" } },
        { label: t("address"), value: text(contact.address), step: { name: "contact" } },
        { label: t("email"), value: text(contact.email), step: { name: "contact" } },
        {
          label: t("language"),
          value:
            contact.language === "ru" || contact.language === "kk" ? languages(contact.language) : t("empty"),
          step: { name: "contact" },
        },
      ],
    },
    ...draft.debts.map(debtSection),
    {
      title: t("incomeTitle"),
      rows: [
        { label: t("income"), value: text(income.source), step: { name: "income" } },
        {
          label: t("incomeSums"),
          value: t("incomeValue", { now: money(income.monthly_now), before: money(income.monthly_before) }),
          step: { name: "income" },
        },
        {
          label: t("family"),
          value: t("familyValue", {
            all: Number(family.dependents) || 0,
            disabled: Number(family.disabled_dependents) || 0,
          }),
          step: { name: "family" },
        },
        {
          label: t("aid"),
          value: family.social_aid === "yes" ? t("yes") : t("no"),
          step: { name: "family" },
        },
      ],
    },
    {
      title: t("reasonTitle"),
      rows: [
        { label: t("events"), value: eventLines.join("\n") || t("empty"), step: { name: "events" } },
        {
          label: t("hardship"),
          value: isHardshipCode(draft.hardship.code) ? hardship(draft.hardship.code) : t("empty"),
          step: { name: "hardship" },
        },
        { label: t("since"), value: date(draft.hardship.since), step: { name: "hardship" } },
        { label: t("story"), value: text(draft.hardship.text), step: { name: "story" } },
      ],
    },
    {
      title: t("reliefTitle"),
      rows: [
        {
          label: t("relief"),
          value:
            wanted.kinds.map((kind) => (isReliefKind(kind) ? relief(`${kind}.label`) : kind)).join("\n") ||
            t("empty"),
          step: { name: "relief" },
        },
        { label: t("numbers"), value: numbers.join("\n") || t("empty"), step: { name: "relief-numbers" } },
      ],
    },
  ];
};
