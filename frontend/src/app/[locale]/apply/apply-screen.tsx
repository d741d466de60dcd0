"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Wizard } from "@/features/apply/components/wizard";
import { PhoneSignIn } from "@/features/sign-in/components/phone-sign-in";
import { useRouter } from "@/lib/i18n/navigation";
import { isStaffSession, sessionKey, sessionQuery } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";

/** The application begins with the phone: from then on the answers are kept on the server too. */
export const ApplyScreen = () => {
  const t = useTranslations("apply");
  const common = useTranslations("common");
  const router = useRouter();
  const queryClient = useQueryClient();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const isHydrated = useHydrated();

  if (error && isHydrated) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!session || !isHydrated) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-6">
        <Skeleton className="h-10 w-4/5" />
        <Skeleton className="h-24" />
      </Loading>
    );
  }
  if (!session.authenticated || !session.user) {
    return (
      <div className="flex flex-col gap-6">
        <div className="flex flex-col gap-2">
          <h1 className="text-xl font-bold sm:text-2xl">{t("phoneTitle")}</h1>
          <p className="measure">{t("phoneLead")}</p>
        </div>
        <PhoneSignIn onDone={() => undefined} />
      </div>
    );
  }
  if (isStaffSession(session)) return <Alert tone="info">{t("staffCannot")}</Alert>;
  return (
    <Wizard
      userId={session.user.id}
      today={session.today}
      onSubmitted={(detail) => router.replace(`/cases/${detail.id}?submitted=1`)}
      onSignedOut={() => void queryClient.invalidateQueries({ queryKey: sessionKey })}
    />
  );
};
