import type { ReactNode } from "react";

import { AccountActions } from "@/components/account-actions";
import { RequireSession } from "@/components/require-session";
import { Wordmark } from "@/components/wordmark";
import { Link } from "@/lib/i18n/navigation";

interface WorkShellProps {
  home: string;
  homeLabel: string;
  nav: ReactNode;
  children: ReactNode;
}

/** The workplace of people who are not staff of the platform: creditors, lawyers, mediators, notaries. */
export const WorkShell = ({ home, homeLabel, nav, children }: WorkShellProps) => (
  <div className="flex min-h-dvh flex-col text-sm">
    <header className="print-hidden border-b border-line bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-2 px-4 py-1">
        <Link href={home} aria-label={homeLabel} className="flex min-h-11 items-center">
          <Wordmark className="text-base" shrinks />
        </Link>
        <AccountActions />
      </div>
      <div className="mx-auto max-w-6xl">{nav}</div>
    </header>
    <main id="main" tabIndex={-1} className="mx-auto flex w-full max-w-6xl flex-1 flex-col">
      <RequireSession>{children}</RequireSession>
    </main>
  </div>
);
