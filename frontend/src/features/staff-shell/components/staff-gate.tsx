"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect } from "react";

import type { SessionUser } from "@/api/types";
import { ProblemState } from "@/components/state-panels";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { usePathname, useRouter } from "@/lib/i18n/navigation";
import { Problem } from "@/lib/problem";
import { isStaffSession, sessionQuery } from "@/lib/session";

import { SignedOutBar } from "./signed-out-bar";
import { useHydrated } from "@/lib/use-hydrated";

interface StaffContextValue {
  user: SessionUser;
  /** The domain's day in Almaty, as the server has it. */
  today: string;
}

const StaffContext = createContext<StaffContextValue | null>(null);

export const useStaff = (): StaffContextValue => {
  const value = useContext(StaffContext);
  if (!value) throw new Error("useStaff needs a StaffGate above it");
  return value;
};

const Waiting = () => {
  const t = useTranslations("common");
  return (
    <Loading label={t("loading")} className="flex flex-col gap-4 p-4">
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-10" />
      <Skeleton className="h-64" />
    </Loading>
  );
};

/** Lets staff in, sends strangers to sign in and back here, and tells others that this is not their place. */
export const StaffGate = ({ children }: { children: ReactNode }) => {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const isHydrated = useHydrated();
  const isStranger = session ? !session.authenticated : false;
  const query = params.toString();

  useEffect(() => {
    // Once on the way there is nothing more to do, though this gate may still stand for a moment.
    if (!isStranger || !pathname.startsWith("/staff")) return;
    const here = `${pathname}${query ? `?${query}` : ""}`;
    router.replace(`/sign-in/staff?next=${encodeURIComponent(here)}`);
  }, [isStranger, pathname, query, router]);

  if (!isHydrated) return <Waiting />;
  if (error && !session) {
    return (
      <div className="p-6">
        <ProblemState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!session?.user || isStranger) return <Waiting />;
  if (!isStaffSession(session)) {
    return (
      <div className="p-6">
        <ProblemState error={new Problem(403, {})} />
      </div>
    );
  }
  return (
    <StaffContext value={{ user: session.user, today: session.today }}>
      <SignedOutBar />
      {children}
    </StaffContext>
  );
};
