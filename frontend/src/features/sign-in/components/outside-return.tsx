"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";

import type { Session } from "@/api/types";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { sessionQuery } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";

import { SecondStep } from "./second-step";

interface OutsideReturnProps {
  error: string | null;
  secondStep: boolean;
  onDone: (session: Session) => void;
  children: ReactNode;
}

/** What the provider or our server said, as keys of the catalogue; everything else is `failed`. */
const WORDS = {
  cancelled: "cancelled",
  denied: "cancelled",
  access_denied: "cancelled",
  connect_first: "connectFirst",
  throttled: "throttled",
} as const;

const wordOf = (error: string) => Object.entries(WORDS).find(([code]) => code === error)?.[1] ?? "failed";

/** After an outside provider: in at once, or the second step that is still open, or what went wrong above the form. */
export const OutsideReturn = ({ error, secondStep, onDone, children }: OutsideReturnProps) => {
  const t = useTranslations("signIn.outside");
  const common = useTranslations("common");
  const isHydrated = useHydrated();
  const { data: session, error: failure, refetch } = useQuery(sessionQuery);
  const [startsAgain, setStartsAgain] = useState(false);
  const isIn = session?.authenticated ?? false;
  const enter = useEffectEvent(() => {
    if (session) onDone(session);
  });

  useEffect(() => {
    if (isIn) enter();
  }, [isIn]);

  if (startsAgain) return children;
  if (error) {
    const word = wordOf(error);
    return (
      <>
        <Alert tone={word === "failed" ? "danger" : "info"} live>
          {t(word)}
        </Alert>
        {children}
      </>
    );
  }
  if (failure) return <ProblemState error={failure} onRetry={() => void refetch()} />;
  if (!isHydrated || !session || isIn) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-4">
        <Skeleton className="h-8 w-1/2" />
        <Skeleton className="h-12" />
      </Loading>
    );
  }
  if (!secondStep) return children;
  return (
    <SecondStep
      methods={["totp", "recovery_code", "passkey"]}
      onDone={onDone}
      onStartAgain={() => setStartsAgain(true)}
    />
  );
};
