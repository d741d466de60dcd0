"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import type { Session } from "@/api/types";
import { RequireSession } from "@/components/require-session";
import { ProblemState } from "@/components/state-panels";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { caseKeys } from "@/features/cases/queries";
import { documentKeys, documentQuery } from "@/features/documents/queries";
import { SigningScreen } from "@/features/signing/components/signing-screen";
import { can, isStaffSession, sessionQuery } from "@/lib/session";

/** Where the person who signs follows the document; others than borrowers and staff have their own list. */
const placeOf = (session: Session | undefined, caseId: string, documentId: string): string => {
  if (session && isStaffSession(session)) return `/staff/cases/${caseId}/documents/${documentId}`;
  if (can(session, "case.see_sent")) return "/creditor";
  if (can(session, "desk.enter")) return `/desk/cases/${caseId}`;
  return `/cases/${caseId}`;
};

const Content = ({ documentId }: { documentId: string }) => {
  const t = useTranslations("common");
  const queryClient = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const {
    data: document,
    error,
    refetch,
  } = useQuery({
    ...documentQuery(documentId),
    // What is being read must not change under the reader's eyes; the server compares the hash before it takes a signature.
    refetchOnWindowFocus: false,
  });
  if (!document && error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!document) {
    return (
      <Loading label={t("loading")} className="flex flex-col gap-4">
        <Skeleton className="h-8 w-3/4" />
        <Skeleton className="h-14" />
        <Skeleton className="aspect-[210/297]" />
      </Loading>
    );
  }
  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: documentKeys.all });
    void queryClient.invalidateQueries({ queryKey: caseKeys.all });
  };
  return (
    <SigningScreen
      document={document}
      href={placeOf(session, document.case_id, document.id)}
      onRefresh={refresh}
    />
  );
};

export const SignScreen = ({ documentId }: { documentId: string }) => (
  <RequireSession>
    <Content documentId={documentId} />
  </RequireSession>
);
