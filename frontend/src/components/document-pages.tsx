"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { PreviewPage } from "@/api/types";
import { Alert } from "@/components/ui/alert";
import { FoldSummary } from "@/components/ui/fold";
import { useMedia } from "@/lib/use-media";

const PagesViewer = dynamic(
  () => import("@/components/viewer/pages-viewer").then((found) => found.PagesViewer),
  {
    ssr: false,
  },
);

interface DocumentPagesProps {
  title: string;
  pages: readonly PreviewPage[];
  /** The whole text, for small screens, screen readers, large letters and when pictures do not load. */
  text: string;
}

interface PagesProps extends Omit<DocumentPagesProps, "text"> {
  onBroken: () => void;
  onEnlarge: (index: number) => void;
}

const Pages = ({ title, pages, onBroken, onEnlarge }: PagesProps) => {
  const t = useTranslations("common.document");
  return (
    <ol className="flex flex-col gap-4">
      {pages.map((page, index) => (
        <li key={page.page}>
          <button
            type="button"
            className="block w-full cursor-zoom-in rounded-sm"
            title={t("enlarge")}
            onClick={() => onEnlarge(index)}
          >
            {/* Private pages come from the API with the person's cookie; the image optimiser could not fetch them. */}
            {/* eslint-disable-next-line @next/next/no-img-element */}
            <img
              src={page.url}
              width={page.width}
              height={page.height}
              alt={t("pageAlt", { title, page: page.page, total: pages.length })}
              loading={page.page > 2 ? "lazy" : "eager"}
              onError={onBroken}
              className="h-auto w-full rounded-sm border border-line bg-[white]"
            />
          </button>
        </li>
      ))}
    </ol>
  );
};

/**
 * A document as it looks on paper, page under page, and the same text to read or copy. On a narrow screen, where a sheet
 * of paper is too small to read, the text comes first and open.
 */
export const DocumentPages = ({ title, pages, text }: DocumentPagesProps) => {
  const t = useTranslations("common.document");
  const [isBroken, setBroken] = useState(false);
  const [enlarged, setEnlarged] = useState<number | null>(null);
  const isNarrow = useMedia("(max-width: 639px)");
  const isTextOnly = isBroken || pages.length === 0;
  const reading = (
    <details
      key={isNarrow ? "narrow" : "wide"}
      open={isTextOnly || isNarrow}
      className="rounded-card border border-line bg-surface px-4"
    >
      <FoldSummary className="-ml-1 min-h-12">{t("asText")}</FoldSummary>
      <div className="measure flex flex-col gap-2 pb-4">
        {text
          .split("\n")
          .filter((line) => line.trim() !== "")
          .map((line, index) => (
            <p key={index}>{line}</p>
          ))}
      </div>
    </details>
  );
  return (
    <div className="flex flex-col gap-4">
      {isBroken && <Alert tone="info">{t("imagesFailed")}</Alert>}
      {(isNarrow || isTextOnly) && reading}
      {!isTextOnly && (
        <>
          {isNarrow && <h2 className="text-lg font-semibold">{t("onPaper")}</h2>}
          <Pages title={title} pages={pages} onBroken={() => setBroken(true)} onEnlarge={setEnlarged} />
        </>
      )}
      {!isNarrow && !isTextOnly && reading}
      {enlarged !== null && (
        <PagesViewer title={title} pages={pages} start={enlarged} onClose={() => setEnlarged(null)} />
      )}
    </div>
  );
};
