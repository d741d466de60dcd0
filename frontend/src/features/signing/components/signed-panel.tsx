"use client";

import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import { buttonStyles } from "@/components/ui/button";
import { Link } from "@/lib/i18n/navigation";

interface SignedPanelProps {
  caseId: string;
  documentNumber: string;
  creditorName: string;
  verifyUrl: string | null;
}

export const SignedPanel = ({ caseId, documentNumber, creditorName, verifyUrl }: SignedPanelProps) => {
  const t = useTranslations("signing.signed");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="flex flex-col gap-4 rounded-card border border-line bg-surface p-5 sm:p-8">
      <CircleCheck aria-hidden className="size-12 text-success" />
      <h1 ref={heading} tabIndex={-1} className="text-xl font-bold sm:text-2xl">
        {t("title")}
      </h1>
      <p className="measure">{t("text", { number: documentNumber, creditor: creditorName })}</p>
      <p className="measure">{t("next")}</p>
      <div className="flex flex-col gap-2 sm:flex-row">
        <Link href={`/cases/${caseId}`} className={buttonStyles({ size: "large" })}>
          {t("toCase")}
        </Link>
        {verifyUrl && (
          <a href={verifyUrl} className={buttonStyles({ variant: "secondary", size: "large" })}>
            {t("verify")}
          </a>
        )}
      </div>
    </section>
  );
};
