import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import { KeepLanguage } from "@/components/keep-language";
import { LanguageSwitch } from "@/components/language-switch";
import { Wordmark } from "@/components/wordmark";
import { Link } from "@/lib/i18n/navigation";

/** For work that wants no distraction: the application and signing. */
export const FocusedShell = async ({ children, wide = false }: { children: ReactNode; wide?: boolean }) => {
  const t = await getTranslations("nav");
  const width = wide ? "max-w-3xl" : "max-w-2xl";
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line bg-surface">
        <div className={`mx-auto flex ${width} items-center justify-between gap-2 px-4 py-1.5`}>
          <Link href="/" aria-label={t("home")} className="flex min-h-11 items-center">
            <Wordmark className="text-base" />
          </Link>
          <KeepLanguage>
            <LanguageSwitch />
          </KeepLanguage>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={`mx-auto w-full ${width} flex-1 px-4 py-6 sm:py-10`}>
        {children}
      </main>
    </div>
  );
};
