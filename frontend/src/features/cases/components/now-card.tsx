"use client";

import { useTranslations } from "next-intl";

import type { CaseNow } from "@/api/types";
import { buttonStyles } from "@/components/ui/button";
import { Link } from "@/lib/i18n/navigation";

const actionAddress = (action: NonNullable<CaseNow["action"]>, caseId: string): string | null => {
  switch (action.kind) {
    case "sign":
      return action.document_id ? `/sign/${action.document_id}` : null;
    case "continue_draft":
      return "/apply";
    case "add_facts":
      return `/cases/${caseId}/history?report=1`;
    case "next_step":
      return `/cases/${caseId}/terms`;
    case "wait":
    case "none":
      return null;
  }
};

/** «Что сейчас»: what is going on and the one thing to do next. */
export const NowCard = ({ now, caseId }: { now: CaseNow; caseId: string }) => {
  const t = useTranslations("cases.now");
  const address = now.action ? actionAddress(now.action, caseId) : null;
  return (
    <section
      aria-labelledby="now-title"
      className="flex flex-col gap-3 rounded-card border-2 border-primary bg-surface p-4 sm:p-6"
    >
      <p className="text-sm font-semibold text-primary">{t("label")}</p>
      <h2 id="now-title" className="text-lg font-semibold sm:text-xl">
        {now.title}
      </h2>
      <p className="measure whitespace-pre-line">{now.text}</p>
      {now.action && address && (
        <Link href={address} className={buttonStyles({ size: "large", className: "sm:self-start" })}>
          {t(`actions.${now.action.kind}`)}
        </Link>
      )}
    </section>
  );
};
