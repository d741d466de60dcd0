import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import { AccountLink } from "@/components/account-link";
import { LanguageSwitch } from "@/components/language-switch";
import { Wordmark } from "@/components/wordmark";
import { Link } from "@/lib/i18n/navigation";

const Footer = async () => {
  const t = await getTranslations("nav");
  return (
    <footer className="print-hidden border-t border-line bg-surface">
      <div className="mx-auto flex max-w-5xl flex-col gap-4 px-4 py-8 text-sm text-muted sm:flex-row sm:items-start sm:justify-between">
        <p className="measure max-w-md">{t("footerText")}</p>
        <ul className="flex flex-wrap gap-x-5">
          <li>
            <Link
              href="/#terms"
              className="inline-flex min-h-11 items-center hover:text-primary hover:underline"
            >
              {t("calculator")}
            </Link>
          </li>
          <li>
            <Link
              href="/calculator"
              className="inline-flex min-h-11 items-center hover:text-primary hover:underline"
            >
              {t("scheduleCalculator")}
            </Link>
          </li>
          <li>
            <Link
              href="/verify"
              className="inline-flex min-h-11 items-center hover:text-primary hover:underline"
            >
              {t("verify")}
            </Link>
          </li>
          <li>
            <Link
              href="/sign-in/staff"
              className="inline-flex min-h-11 items-center hover:text-primary hover:underline"
            >
              {t("staffSignIn")}
            </Link>
          </li>
        </ul>
      </div>
    </footer>
  );
};

export const PublicShell = async ({ children }: { children: ReactNode }) => {
  const t = await getTranslations("nav");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="print-hidden border-b border-line bg-surface">
        <div className="mx-auto flex max-w-5xl items-center gap-x-3 px-4 py-2">
          <Link href="/" aria-label={t("home")} className="mr-auto flex min-h-11 items-center">
            <Wordmark />
          </Link>
          <Link
            href="/calculator"
            className="hidden min-h-11 items-center px-2 font-medium text-text hover:text-primary md:inline-flex"
          >
            {t("scheduleCalculator")}
          </Link>
          <Link
            href="/verify"
            className="hidden min-h-11 items-center px-2 font-medium text-text hover:text-primary sm:inline-flex"
          >
            {t("verify")}
          </Link>
          <AccountLink />
          <LanguageSwitch className="hidden sm:flex" />
        </div>
        <div className="border-t border-line sm:hidden">
          <LanguageSwitch className="mx-auto max-w-5xl justify-end px-3" />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="flex-1">
        {children}
      </main>
      <Footer />
    </div>
  );
};
