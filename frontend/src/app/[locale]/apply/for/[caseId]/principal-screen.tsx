"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback } from "react";

import { Desk } from "@/components/desk/page-head";
import { ProblemState } from "@/components/state-panels";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { PreparedCase } from "@/features/apply/components/for-others/prepared-case";
import { useRouter } from "@/lib/i18n/navigation";
import { sessionQuery } from "@/lib/session";

/** The application that a representative fills in for whom he represents; the server says whether he may. */
export const PrincipalScreen = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseIntake.principal");
  const common = useTranslations("common");
  const router = useRouter();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const open = useCallback(({ id }: { id: string }) => router.replace(`/cases/${id}`), [router]);
  if (error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!session) {
    return (
      <Loading label={common("loading")}>
        <Skeleton className="h-64" />
      </Loading>
    );
  }
  return (
    <Desk>
      <PreparedCase
        caseId={caseId}
        today={session.today}
        back={{ href: "/cases", label: t("back") }}
        onCase={open}
        onSignedOut={() => router.replace("/sign-in")}
      />
    </Desk>
  );
};
