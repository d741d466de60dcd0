"use client";

import { useLocale, useTranslations } from "next-intl";

import { formatDate, formatMoney, formatPhone } from "@/lib/format";

import type { DraftColumn } from "../types";

/** An answer in words, as it is read over. Empty when there is none; rows are shown by their cells. */
export const useAnswerText = () => {
  const t = useTranslations("documentInterview.shown");
  const locale = useLocale();
  return (
    { answer_type: type, options }: Pick<DraftColumn, "answer_type" | "options">,
    value: unknown,
  ): string => {
    if (value === null || value === undefined || value === "") return "";
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    if (typeof value === "number") {
      if (type === "money") return formatMoney(value);
      return type === "months" ? t("months", { count: value }) : String(value);
    }
    if (typeof value !== "string") return "";
    if (type === "date") return formatDate(value, locale);
    if (type === "percent") return `${value.replace(".", ",")}\u00a0%`;
    if (type === "phone") return formatPhone(value);
    if (type === "choice") return options.find(({ code }) => code === value)?.name ?? value;
    return value;
  };
};
