import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import { AccountGate } from "@/components/account-gate";
import { AccountLink } from "@/components/account-link";
import { AccountNav } from "@/components/account-nav";
import { ACCOUNT_NAMESPACES, ClientMessages } from "@/components/client-messages";
import { KeepLanguage } from "@/components/keep-language";
import { LanguageSwitch } from "@/components/language-switch";
import { RequireSession } from "@/components/require-session";
import { SignOutButton } from "@/components/sign-out-button";
import { Wordmark } from "@/components/wordmark";
import { Link } from "@/lib/i18n/navigation";

/** What belongs to a person and not to a case: the same place for borrowers, specialists and staff. */
export const AccountShell = async ({ children }: { children: ReactNode }) => {
  const t = await getTranslations("nav");
  return (
    <ClientMessages namespaces={ACCOUNT_NAMESPACES}>
      <div className="flex min-h-dvh flex-col">
        <header className="print-hidden border-b border-line bg-surface">
          <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-2 px-4 py-1.5">
            <Link href="/" aria-label={t("home")} className="flex min-h-11 items-center">
              <Wordmark className="text-base" shrinks />
            </Link>
            <div className="flex items-center justify-end">
              <AccountLink />
              <div className="hidden sm:block">
                <SignOutButton />
              </div>
              <KeepLanguage>
                <LanguageSwitch />
              </KeepLanguage>
            </div>
          </div>
        </header>
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl flex-1 px-4 pb-10 sm:pb-14">
          <RequireSession>
            <div className="grid grid-cols-[minmax(0,1fr)] gap-5 lg:grid-cols-[15rem_minmax(0,1fr)] lg:gap-10 lg:pt-8">
              <div>
                <AccountNav />
              </div>
              <div className="min-w-0">
                <AccountGate>{children}</AccountGate>
              </div>
            </div>
            <div className="mt-10 border-t border-line pt-3 sm:hidden">
              <SignOutButton />
            </div>
          </RequireSession>
        </main>
      </div>
    </ClientMessages>
  );
};
