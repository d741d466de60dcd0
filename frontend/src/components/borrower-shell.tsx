import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import { AccountActions } from "@/components/account-actions";
import { RequireSession } from "@/components/require-session";
import { Wordmark } from "@/components/wordmark";
import { Link } from "@/lib/i18n/navigation";

/** A person's own area. Pages that have a bottom bar leave room for it themselves. */
export const BorrowerShell = async ({ children }: { children: ReactNode }) => {
  const t = await getTranslations("nav");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="print-hidden border-b border-line bg-surface">
        <div className="mx-auto flex max-w-5xl flex-wrap items-center justify-between gap-x-2 px-4 py-1.5">
          <Link href="/cases" aria-label={t("toCases")} className="flex min-h-11 min-w-11 items-center">
            <Wordmark className="text-base" shrinks />
          </Link>
          <AccountActions />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-5xl flex-1 px-4 py-5 sm:py-8">
        <RequireSession>{children}</RequireSession>
      </main>
    </div>
  );
};
