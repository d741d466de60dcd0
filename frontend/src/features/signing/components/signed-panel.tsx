"use client";

import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import { buttonStyles } from "@/components/ui/button";
import { Link } from "@/lib/i18n/navigation";

interface SignedPanelProps {
  href: string;
  documentNumber: string;
  creditorName: string;
  verifyUrl: string | null;
  role: "signer" | "approver";
  /** Whose answers are still missing. */
  others: readonly string[];
}

/** It is done: what was signed, and what comes next without this person. */
export const SignedPanel = ({
  href,
  documentNumber,
  creditorName,
  verifyUrl,
  role,
  others,
}: SignedPanelProps) => {
  const t = useTranslations("signing.signed");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="flex flex-col gap-4 rounded-card border border-line bg-surface p-5 sm:p-8">
      <CircleCheck aria-hidden className="size-12 text-success" />
      <h1 ref={heading} tabIndex={-1} className="text-xl font-bold sm:text-2xl">
        {t(role === "approver" ? "approvedTitle" : "title")}
      </h1>
      <p className="measure">
        {creditorName
          ? t("text", { number: documentNumber, creditor: creditorName })
          : t("textOwn", { number: documentNumber })}
      </p>
      {others.length > 0 ? (
        <p className="measure">{t("waitOthers", { names: others.join(", ") })}</p>
      ) : (
        <p className="measure">{t(creditorName ? "next" : "nextOwn")}</p>
      )}
      <div className="flex flex-col gap-2 sm:flex-row">
        <Link href={href} className={buttonStyles({ size: "large" })}>
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
