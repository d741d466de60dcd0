"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import type { CaseDetail } from "@/api/types";
import { ProblemState } from "@/components/state-panels";
import { Loading, Skeleton } from "@/components/ui/skeleton";

import { openDraftQuery } from "../queries";
import { WizardBody } from "./wizard-body";

interface WizardProps {
  userId: string;
  today: string;
  onSubmitted: (detail: CaseDetail) => void;
  onSignedOut: () => void;
}

/** Opens the person's draft, then hands it to the pages. */
export const Wizard = ({ userId, ...props }: WizardProps) => {
  const locale = useLocale();
  const t = useTranslations("common");
  const { data, error, refetch } = useQuery(openDraftQuery(userId, locale));
  if (error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={t("loading")} className="flex flex-col gap-6">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-10 w-4/5" />
        <Skeleton className="h-20" />
        <Skeleton className="h-20" />
      </Loading>
    );
  }
  return <WizardBody key={data.caseId} opened={data} {...props} />;
};
