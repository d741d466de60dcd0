"use client";

import { useTranslations } from "next-intl";

import type { OrganisationWords } from "./schemas";

export const useOrganisationWords = (): OrganisationWords => {
  const t = useTranslations("account.form");
  return {
    required: t("required"),
    tooLong: t("tooLong"),
    choose: t("choose"),
    email: t("email"),
    phone: t("phone"),
  };
};
