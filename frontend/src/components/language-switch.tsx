"use client";

import { useLocale, useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { LOCALES } from "@/lib/i18n/locales";
import { usePathname } from "@/lib/i18n/navigation";

const NAMES = { ru: "Русский", kk: "Қазақша", en: "English" };
const SHORT = { ru: "РУС", kk: "ҚАЗ", en: "ENG" };

/** Plain links that keep the page and its query: they work before any script has loaded. */
export const LanguageSwitch = ({ className }: { className?: string }) => {
  const locale = useLocale();
  const pathname = usePathname();
  const t = useTranslations("common");
  return (
    <nav aria-label={t("language")} className={cn("flex items-center", className)}>
      {LOCALES.map((item) => (
        <a
          key={item}
          href={`/${item}${pathname === "/" ? "" : pathname}`}
          hrefLang={item}
          lang={item}
          aria-label={`${SHORT[item]}, ${NAMES[item]}`}
          aria-current={item === locale ? "true" : undefined}
          onClick={(event) => {
            event.currentTarget.href = `/${item}${pathname === "/" ? "" : pathname}${location.search}`;
          }}
          className={cn(
            "flex min-h-11 min-w-11 items-center justify-center rounded-field px-1.5 text-sm font-medium text-muted hover:bg-primary-soft",
            item === locale && "text-primary underline decoration-2 underline-offset-4",
          )}
        >
          {SHORT[item]}
        </a>
      ))}
    </nav>
  );
};
