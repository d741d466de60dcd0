"use client";

import { useTranslations } from "next-intl";

import type { FormWords } from "./schemas";

export const useFormWords = (): FormWords => {
  const form = useTranslations("account.form");
  const t = useTranslations("profile");
  return {
    required: form("required"),
    tooLong: form("tooLong"),
    choose: form("choose"),
    date: form("date"),
    quietBoth: t("channels.quietBoth"),
    paperOrder: t("papers.order"),
  };
};
