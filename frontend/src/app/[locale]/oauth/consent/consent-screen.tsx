"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useEffect, useEffectEvent } from "react";

import { ProblemState } from "@/components/state-panels";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { BadRequest, Consent } from "@/features/oauth-consent/components/consent";
import { useRouter } from "@/lib/i18n/navigation";
import { isHeldBack, sessionQuery } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";

/** Strangers sign in first and staff without a second factor set it up first; both come back here. */
export const ConsentScreen = () => {
  const common = useTranslations("common");
  const router = useRouter();
  const params = useSearchParams();
  const query = params.toString();
  // The server itself already refused what the program asked.
  const isRefused = params.has("error");
  const isHydrated = useHydrated();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const isStranger = session ? !session.authenticated : false;
  const isHeld = isHeldBack(session);
  const goFirst = useEffectEvent((page: string) =>
    router.replace(`${page}?next=${encodeURIComponent(`/oauth/consent?${query}`)}`),
  );

  useEffect(() => {
    if (isRefused) return;
    if (isStranger) goFirst("/sign-in");
    else if (isHeld) goFirst("/account/second-factor");
  }, [isStranger, isHeld, isRefused]);

  if (isRefused) return <BadRequest />;
  if (error && isHydrated) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!isHydrated || !session?.authenticated || isHeld) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-4">
        <Skeleton className="h-16" />
        <Skeleton className="h-48" />
      </Loading>
    );
  }
  return <Consent query={query} leave={(address) => window.location.assign(address)} />;
};
