"use client";

import { useTranslations } from "next-intl";

import { AppCodeForm } from "@/components/app-code-form";

import { useProveByValue } from "../mutations";

export const TotpProof = ({ onProven }: { onProven: () => void }) => {
  const t = useTranslations("proof");
  const prove = useProveByValue("totp", onProven);
  return (
    <AppCodeForm
      submitLabel={t("confirm")}
      error={prove.error}
      busy={prove.isPending}
      onConfirm={(code) => prove.mutate(code)}
      onEdit={() => prove.error && prove.reset()}
    />
  );
};
