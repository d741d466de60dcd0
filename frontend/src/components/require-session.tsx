"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { ProblemState, SignInState } from "@/components/state-panels";
import { buttonStyles } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Link, usePathname } from "@/lib/i18n/navigation";
import { sessionQuery } from "@/lib/session";

/** Shows its content to a signed-in person; others get the way in, which leads back here. */
export const RequireSession = ({
  children,
  signIn = "/sign-in",
}: {
  children: ReactNode;
  signIn?: string;
}) => {
  const t = useTranslations("nav");
  const common = useTranslations("common");
  const pathname = usePathname();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  if (error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!session) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-4">
        <Skeleton className="h-8 w-2/3" />
        <Skeleton className="h-40" />
        <Skeleton className="h-24" />
      </Loading>
    );
  }
  if (!session.authenticated) {
    return (
      <SignInState>
        <Link
          href={`${signIn}?next=${encodeURIComponent(pathname)}`}
          className={buttonStyles({ variant: "primary" })}
        >
          {t("signIn")}
        </Link>
      </SignInState>
    );
  }
  return children;
};
