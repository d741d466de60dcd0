"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { Link } from "@/lib/i18n/navigation";

import { recordedConsentsQuery } from "../queries";

/** Where cases are read: a consent that staff wrote down waits for the person's own word. Nothing where none does. */
export const RecordedConsentNote = ({ caseId }: { caseId?: string }) => {
  const t = useTranslations("recordedConsentNote");
  const { data } = useQuery(recordedConsentsQuery);
  const waiting = data?.items.some(
    (record) => record.allowed_actions.includes("answer") && (!caseId || record.case_id === caseId),
  );
  if (!waiting) return null;
  return (
    <Alert tone="warning">
      <span>{t("text")}</span>
      <Link
        href="/account/consents"
        className="inline-flex min-h-11 items-center self-start font-medium text-primary underline underline-offset-4"
      >
        {t("open")}
      </Link>
    </Alert>
  );
};
