import { getTranslations } from "next-intl/server";

import type { Locale } from "@/lib/i18n/locales";
import { publicSession } from "@/lib/public-session";

/** In demo mode every page says so and shows where the codes arrive. */
export const DemoBanner = async ({ locale }: { locale: Locale }) => {
  const session = await publicSession(locale);
  if (!session.ok || !session.data.demo) return null;
  const t = await getTranslations("common.demo");
  return (
    <aside
      aria-labelledby="demo-text"
      className="print-hidden flex flex-wrap items-center justify-center gap-x-3 bg-accent-soft px-4 text-center text-sm text-ink"
    >
      <p id="demo-text" className="pt-1.5 sm:pb-1.5">
        {t("text")}
      </p>
      <a
        href="/sandbox/"
        target="_blank"
        rel="noreferrer"
        className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-2"
      >
        {t("phone")}
      </a>
    </aside>
  );
};
