"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import type { PreviewPage } from "@/api/types";
import { FoldSummary } from "@/components/ui/fold";
import { fileQuery } from "@/components/viewer/queries";

interface SheetProps {
  url: string;
  width: number;
  height: number;
  label: string;
}

const Sheet = ({ url, width, height, label }: SheetProps) => (
  <figure className="flex min-w-0 flex-col gap-1">
    <figcaption className="text-sm text-muted">{label}</figcaption>
    {/* Private pages come with the reader's cookie; the image optimiser could not fetch them. */}
    {/* eslint-disable-next-line @next/next/no-img-element */}
    <img
      src={url}
      width={width}
      height={height}
      alt={label}
      loading="lazy"
      className="h-auto w-full rounded-sm border border-line bg-[white]"
    />
  </figure>
);

/** The photographed sheets, each beside the page of the document that it has to be. */
export const PaperCompare = ({ fileId, pages }: { fileId: string; pages: readonly PreviewPage[] }) => {
  const t = useTranslations("signers.paper");
  const { data: file } = useQuery(fileQuery(fileId));
  if (!file) return null;
  if (file.pages.length === 0) {
    const isComing = file.state === "checking" || file.pages_state === "preparing";
    return isComing ? <p role="status">{t("checking")}</p> : null;
  }
  const rows = Array.from({ length: Math.max(file.pages.length, pages.length) }, (_, index) => ({
    photo: file.pages[index],
    page: pages[index],
    number: index + 1,
  }));
  return (
    <details open>
      <FoldSummary>{t("compare")}</FoldSummary>
      <ol className="flex flex-col gap-4">
        {rows.map(({ photo, page, number }) => (
          <li key={number} className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            {photo ? (
              <Sheet {...photo} label={t("photoPage", { page: number })} />
            ) : (
              <p className="self-center text-center text-text">{t("noPhotoPage")}</p>
            )}
            {page && <Sheet {...page} label={t("documentPage", { page: number })} />}
          </li>
        ))}
      </ol>
    </details>
  );
};
