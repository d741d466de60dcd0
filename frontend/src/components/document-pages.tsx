"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import type { PreviewPage } from "@/api/types";
import { Alert } from "@/components/ui/alert";

interface DocumentPagesProps {
  title: string;
  pages: readonly PreviewPage[];
  /** The whole text, for screen readers, large letters and when pictures do not load. */
  text: string;
}

/** A document as it looks on paper, page under page, with the same text to read or copy below. */
export const DocumentPages = ({ title, pages, text }: DocumentPagesProps) => {
  const t = useTranslations("common.document");
  const [isBroken, setBroken] = useState(false);
  const isTextOnly = isBroken || pages.length === 0;
  return (
    <div className="flex flex-col gap-4">
      {isBroken && <Alert tone="info">{t("imagesFailed")}</Alert>}
      {!isTextOnly && (
        <ol className="flex flex-col gap-4">
          {pages.map((page) => (
            <li key={page.page}>
              {/* Private pages come from the API with the person's cookie; the image optimiser could not fetch them. */}
              {/* eslint-disable-next-line @next/next/no-img-element */}
              <img
                src={page.url}
                width={page.width}
                height={page.height}
                alt={t("pageAlt", { title, page: page.page, total: pages.length })}
                loading={page.page > 2 ? "lazy" : "eager"}
                onError={() => setBroken(true)}
                className="h-auto w-full rounded-sm border border-line bg-[white]"
              />
            </li>
          ))}
        </ol>
      )}
      <details open={isTextOnly} className="rounded-card border border-line bg-surface px-4">
        <summary className="flex min-h-12 items-center font-medium text-primary">{t("asText")}</summary>
        <div className="measure pb-4 whitespace-pre-line">{text}</div>
      </details>
    </div>
  );
};
