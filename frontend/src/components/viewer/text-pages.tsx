"use client";

import { useTranslations } from "next-intl";

import type { TextPage } from "./types";

/** The words of the file without its pages: for screen readers, large letters and narrow screens. */
export const TextPages = ({ pages }: { pages: readonly TextPage[] }) => {
  const t = useTranslations("viewer");
  return (
    <div tabIndex={0} role="group" aria-label={t("asText")} className="min-h-0 flex-1 overflow-auto p-4">
      <div className="measure mx-auto flex flex-col gap-6">
        {pages.map(({ page, text }) => (
          <section key={page} aria-label={t("page", { page })} className="flex flex-col gap-2">
            <p aria-hidden className="text-sm text-muted">
              {t("page", { page })}
            </p>
            <p className="whitespace-pre-wrap text-text">{text.trim() === "" ? t("emptyPage") : text}</p>
          </section>
        ))}
      </div>
    </div>
  );
};
