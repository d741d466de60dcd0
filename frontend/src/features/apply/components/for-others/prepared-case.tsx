"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect } from "react";

import type { CaseDetail } from "@/api/types";
import { PageHead } from "@/components/desk/page-head";
import { ProblemState } from "@/components/state-panels";
import { Loading, Skeleton } from "@/components/ui/skeleton";

import { preparedDraftQuery } from "../../for-others";
import { DraftForm } from "./draft-form";

interface PreparedCaseProps {
  caseId: string;
  today: string;
  back: { href: string; label: string };
  /** The case is in, or was already: its own page takes over. */
  onCase: (detail: Pick<CaseDetail, "id">) => void;
  onSignedOut: () => void;
}

const FormLoading = () => {
  const t = useTranslations("common");
  return (
    <Loading label={t("loading")} className="flex flex-col gap-4">
      <Skeleton className="h-8 w-96 max-w-full" />
      <Skeleton className="h-64 max-w-3xl" />
      <Skeleton className="h-96 max-w-3xl" />
    </Loading>
  );
};

/** The second half: what the person tells, from the draft that is kept on the server. */
export const PreparedCase = ({ caseId, today, back, onCase, onSignedOut }: PreparedCaseProps) => {
  const t = useTranslations("caseIntake");
  const locale = useLocale();
  const { data, error, refetch } = useQuery(preparedDraftQuery(caseId, locale));
  const isIn = data !== undefined && data.detail.status !== "draft";
  useEffect(() => {
    if (isIn) onCase({ id: caseId });
  }, [caseId, isIn, onCase]);
  if (error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data || isIn) return <FormLoading />;
  // The account of the person may have no name yet; the draft does as soon as it is written there.
  const name = data.detail.borrower_name || data.draft.person.full_name.trim();
  return (
    <>
      <PageHead
        back={back}
        title={name ? t("form.title", { name }) : t("form.titleUnnamed")}
        lead={t("form.lead")}
      />
      <DraftForm opened={data} today={today} onSubmitted={onCase} onSignedOut={onSignedOut} />
    </>
  );
};
