"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";

import { ProblemState } from "@/components/state-panels";
import { Badge } from "@/components/ui/badge";
import { buttonStyles } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatMoney } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { staffCaseQuery } from "../../queries";
import { statusTone } from "../../tones";
import type { StaffCase } from "../../types";
import { TermCell } from "../term-cell";
import { UrgencyMark } from "../urgency-mark";

const PeekBody = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("staff");
  return (
    <>
      <div className="flex flex-col gap-2">
        <h2 className="text-lg font-semibold text-balance">{detail.applicant.full_name}</h2>
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={statusTone(detail.status)}>{detail.status_label}</Badge>
          <UrgencyMark urgency={detail.urgency} />
        </p>
        {detail.headline !== detail.status_label && <p>{detail.headline}</p>}
        <p className="text-muted">{detail.assignee?.full_name ?? t("list.nobody")}</p>
      </div>
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{t("case.nextTerm")}</h3>
        <TermCell next={detail.next_deadline} missed={detail.missed_deadline} />
      </section>
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{t("case.debts")}</h3>
        <ul className="flex flex-col gap-2">
          {detail.obligations.map((debt) => (
            <li key={debt.id} className="flex justify-between gap-3">
              <span className="min-w-0">{debt.creditor.name}</span>
              <span className="whitespace-nowrap text-ink">{formatMoney(debt.total_tiyn)}</span>
            </li>
          ))}
        </ul>
      </section>
      {detail.hardship && (
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">{t("case.hardship")}</h3>
          <p className="line-clamp-6 whitespace-pre-line">{detail.hardship.text}</p>
        </section>
      )}
    </>
  );
};

/** A glance at a case beside the list, without leaving it. */
export const CasePeek = ({ caseId, onClose }: { caseId: string; onClose: () => void }) => {
  const t = useTranslations("staff.peek");
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(staffCaseQuery(caseId));
  return (
    <aside
      aria-label={t("name")}
      className="fixed inset-y-0 right-0 z-30 flex w-full max-w-sm flex-col gap-5 overflow-y-auto border-l border-line bg-surface p-4 text-sm shadow-overlay xl:sticky xl:top-0 xl:h-[calc(100dvh-2.5rem)] xl:w-96 xl:max-w-none xl:shrink-0 xl:shadow-none"
    >
      <div className="flex items-center justify-between gap-2">
        <p className="font-medium text-muted">{data?.number}</p>
        <button
          type="button"
          aria-label={common("close")}
          onClick={onClose}
          className="-m-2 flex size-11 items-center justify-center rounded-field text-muted hover:bg-primary-soft"
        >
          <X aria-hidden className="size-5" />
        </button>
      </div>
      {error && !data ? (
        <ProblemState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <PeekBody detail={data} />
      ) : (
        <Loading label={common("loading")} className="flex flex-col gap-4">
          <Skeleton className="h-7 w-3/4" />
          <Skeleton className="h-6 w-1/2" />
          <Skeleton className="h-20" />
          <Skeleton className="h-24" />
        </Loading>
      )}
      <Link
        href={`/staff/cases/${caseId}`}
        prefetch={false}
        className={buttonStyles({ size: "dense", className: "mt-auto" })}
      >
        {t("open")}
      </Link>
    </aside>
  );
};
