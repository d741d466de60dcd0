"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";

import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { usePathname, useRouter } from "@/lib/i18n/navigation";
import { useHints } from "@/lib/realtime";
import { useProblemText } from "@/lib/use-problem-text";

import { staffCaseKeys, staffCaseQuery } from "../../queries";
import { CaseHeader } from "./case-header";
import { CaseTabs } from "./case-tabs";

interface CaseFrameProps {
  caseId: string;
  userId: string;
  /** ISO day in Almaty. */
  today: string;
  /** Who else has the case open; below the header of every page of it. */
  presence?: ReactNode;
  children: ReactNode;
}

const CaseLoading = () => {
  const common = useTranslations("common");
  return (
    <Loading label={common("loading")} className="flex flex-col gap-4 p-4">
      <Skeleton className="h-8 w-96 max-w-full" />
      <Skeleton className="h-6 w-64" />
      <div className="grid gap-4 lg:grid-cols-[1fr_20rem]">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </Loading>
  );
};

/** Header and parts of one case, above all its pages; whatever changes on the server is read anew. */
export const CaseFrame = ({ caseId, userId, today, presence, children }: CaseFrameProps) => {
  const t = useTranslations("staff.case");
  const describe = useProblemText();
  const { data: detail, error, refetch } = useQuery(staffCaseQuery(caseId));
  useHints(`case:${caseId}`, [staffCaseKeys.case(caseId)]);

  const router = useRouter();
  const pathname = usePathname();
  const keptId = detail?.id;
  useEffect(() => {
    // The case was merged: the old address leads to the one that was kept.
    if (keptId && keptId !== caseId) router.replace(pathname.replace(caseId, keptId));
  }, [caseId, keptId, pathname, router]);

  const number = detail?.number;
  useEffect(() => {
    if (number) document.title = `${number} — Kenes Hub`;
  }, [number]);

  if (error && !detail) {
    return (
      <div className="p-6">
        <ProblemState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!detail) return <CaseLoading />;
  return (
    <div className="flex flex-col">
      <CaseHeader detail={detail} userId={userId} today={today} />
      {presence}
      <CaseTabs caseId={caseId} />
      {error && (
        <Alert tone="warning" live className="m-4 mb-0">
          {t("stale")} {describe(error)}
        </Alert>
      )}
      {detail.masked && (
        <Alert tone="info" className="m-4 mb-0">
          {t("maskedText")}
        </Alert>
      )}
      {children}
    </div>
  );
};
