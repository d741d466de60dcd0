"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect } from "react";

import type { SessionUser } from "@/api/types";
import { EmptyState, ProblemState } from "@/components/state-panels";
import { buttonStyles } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Link, usePathname, useRouter } from "@/lib/i18n/navigation";
import { Problem } from "@/lib/problem";
import { sessionQuery } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";

import { abilitiesOf, isHeldBack } from "../abilities";
import { isClosed } from "../navigation";
import { SignedOutBar } from "./signed-out-bar";

interface StaffContextValue {
  user: SessionUser;
  /** What this person may do: buttons that belong to no single thing ask here, never the names of roles. */
  abilities: readonly string[];
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

/** The rights of staff wait for the second factor: says so and leads to setting it up and back. */
const SecondFactorFirst = ({ here }: { here: string }) => {
  const t = useTranslations("staffNav.secondFactor");
  return (
    <div className="p-6">
      <EmptyState icon={<ShieldCheck className="size-6" />} title={t("title")} text={t("text")}>
        <Link
          href={`/account/second-factor?next=${encodeURIComponent(here)}`}
          className={buttonStyles({ variant: "primary" })}
        >
          {t("action")}
        </Link>
      </EmptyState>
    </div>
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
  const here = `${pathname}${query ? `?${query}` : ""}`;

  useEffect(() => {
    // Once on the way there is nothing more to do, though this gate may still stand for a moment.
    if (!isStranger || !pathname.startsWith("/staff")) return;
    router.replace(`/sign-in/staff?next=${encodeURIComponent(here)}`);
  }, [here, isStranger, pathname, router]);

  if (!isHydrated) return <Waiting />;
  if (error && !session) {
    return (
      <div className="p-6">
        <ProblemState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!session?.user || isStranger) return <Waiting />;
  if (isHeldBack(session.user)) return <SecondFactorFirst here={here} />;
  const abilities = abilitiesOf(session.user);
  // A list that the server leaves empty for somebody would look as if there were nothing.
  if (!abilities.includes("staff.area") || isClosed(abilities, pathname)) {
    return (
      <div className="p-6">
        <ProblemState error={new Problem(403, {})} />
      </div>
    );
  }
  return (
    <StaffContext value={{ user: session.user, abilities, today: session.today }}>
      <SignedOutBar />
      {children}
    </StaffContext>
  );
};
