"use client";

import { ArrowLeft, UserRound } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { lastListAddress } from "../../hooks/use-list-address";
import { statusTone } from "../../tones";
import type { StaffCase } from "../../types";
import { TermCell } from "../term-cell";
import { UrgencyMark } from "../urgency-mark";
import { CaseActions } from "./case-actions";
import { CaseTags } from "./case-tags";

interface CaseHeaderProps {
  detail: StaffCase;
  userId: string;
  today: string;
}

const PARTS = ["terms", "documents", "debts", "timeline"] as const;

export const CaseHeader = ({ detail, userId, today }: CaseHeaderProps) => {
  const t = useTranslations("staff");
  const locale = useLocale();
  return (
    <header className="flex flex-col gap-3 border-b border-line bg-surface px-4 py-3">
      <div className="flex flex-col items-start justify-between gap-x-8 gap-y-3 md:flex-row">
        <div className="flex min-w-0 flex-1 flex-col gap-1.5">
          <Link
            href={lastListAddress()}
            prefetch={false}
            className="inline-flex min-h-9 items-center gap-1.5 self-start text-primary hover:underline"
          >
            <ArrowLeft aria-hidden className="size-4" />
            {t("list.title")}
          </Link>
          <h1 className="flex flex-wrap items-baseline gap-x-3 text-lg font-semibold">
            <span className="whitespace-nowrap">{detail.number ?? t("list.noNumber")}</span>
            <span>{detail.applicant.full_name}</span>
          </h1>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={statusTone(detail.status)}>{detail.status_label}</Badge>
            {detail.headline !== detail.status_label && <span>{detail.headline}</span>}
            {detail.outcome_label && <span>{detail.outcome_label}</span>}
            {detail.resume_on && (
              <span>{t("case.resumes", { date: formatDate(detail.resume_on, locale) })}</span>
            )}
            <UrgencyMark urgency={detail.urgency} />
            <span className="inline-flex items-center gap-1.5">
              <UserRound aria-hidden className="size-4 text-muted" />
              {detail.assignee?.full_name ?? <span className="text-warning">{t("list.nobody")}</span>}
            </span>
          </p>
          <CaseTags caseId={detail.id} />
        </div>
        <div className="w-full max-w-72 shrink-0">
          <p className="mb-1 text-xs text-muted">{t("case.nextTerm")}</p>
          <TermCell next={detail.next_deadline} missed={detail.missed_deadline} />
        </div>
      </div>
      <CaseActions detail={detail} userId={userId} today={today} />
      <nav aria-label={t("case.parts")} className="-mx-4 flex gap-1 overflow-x-auto px-4 lg:hidden">
        {PARTS.map((part) => (
          <a
            key={part}
            href={`#${part}`}
            className="inline-flex min-h-11 shrink-0 items-center rounded-field px-3 font-medium text-primary hover:bg-primary-soft"
          >
            {t(`parts.${part}`)}
          </a>
        ))}
      </nav>
    </header>
  );
};
