"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { DocumentPages } from "@/components/document-pages";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/lib/file-size";

import type { PackageDetail } from "../mutations";
import { packageFileUrl } from "../queries";

interface PackageContentsProps {
  documentId: string;
  made: PackageDetail;
}

/** What the package consists of, its files, and its pages to look at. */
export const PackageContents = ({ documentId, made }: PackageContentsProps) => {
  const t = useTranslations("documents.package");
  const locale = useLocale();
  const [isLooking, setLooking] = useState(false);
  const link = "inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4";
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-3">
      <h3 className="font-semibold">{t("contents")}</h3>
      <ol className="flex list-decimal flex-col gap-1 pl-6">
        {made.parts.map((part, index) => (
          <li key={index}>
            {part.title}{" "}
            <span className="text-muted">
              {part.pages > 0
                ? `${t("page", { first: part.first })}, ${t("pages", { count: part.pages })}`
                : t("listed")}
            </span>
          </li>
        ))}
      </ol>
      {made.too_large && <p className="text-sm text-warning">{t("tooLarge")}</p>}
      <ul className="flex flex-wrap gap-x-5">
        <li>
          <a href={packageFileUrl(documentId, "pdf")} download className={link}>
            {t("pdf", { size: formatBytes(made.size ?? 0, locale) })}
          </a>
        </li>
        <li>
          <a href={packageFileUrl(documentId, "zip")} download className={link}>
            {t("zip")}
          </a>
        </li>
        {made.has_proof && (
          <li>
            <a href={packageFileUrl(documentId, "proof")} download className={link}>
              {t("proof")}
            </a>
          </li>
        )}
      </ul>
      <Button
        variant="secondary"
        className="self-start"
        aria-expanded={isLooking}
        onClick={() => setLooking(!isLooking)}
      >
        {t(isLooking ? "hideLook" : "look")}
      </Button>
      {isLooking && <DocumentPages title={t("viewer")} pages={made.preview_pages} text={t("text")} />}
    </div>
  );
};
