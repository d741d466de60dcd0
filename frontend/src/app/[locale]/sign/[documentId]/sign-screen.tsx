"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { RequireSession } from "@/components/require-session";
import { ProblemState } from "@/components/state-panels";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { caseKeys } from "@/features/cases/queries";
import { documentKeys, documentQuery } from "@/features/documents/queries";
import { SigningScreen } from "@/features/signing/components/signing-screen";

const Content = ({ documentId }: { documentId: string }) => {
  const t = useTranslations("common");
  const queryClient = useQueryClient();
  const {
    data: document,
    error,
    refetch,
  } = useQuery({
    ...documentQuery(documentId),
    // What is being read must not change under the reader's eyes; the server compares the hash before it sends a code.
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
  return <SigningScreen document={document} onRefresh={refresh} />;
};

export const SignScreen = ({ documentId }: { documentId: string }) => (
  <RequireSession>
    <Content documentId={documentId} />
  </RequireSession>
);
