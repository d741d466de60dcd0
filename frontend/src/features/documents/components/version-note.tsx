"use client";

import { useTranslations } from "next-intl";

import type { DocumentDetail } from "@/api/types";
import { Link } from "@/lib/i18n/navigation";

interface VersionNoteProps {
  document: DocumentDetail;
  documentsBase: string;
}

/** Which document this one takes the place of, and which has taken its own; why it was made or taken back. */
export const VersionNote = ({ document, documentsBase }: VersionNoteProps) => {
  const t = useTranslations("documents.versions");
  return (
    <>
      {document.replaces_number && (
        <p className="text-sm text-muted">
          {t("replaces", { number: document.replaces_number })}{" "}
          {document.reason && t("reason", { reason: document.reason })}
        </p>
      )}
      {document.void_reason && <p className="text-sm">{t("voidReason", { reason: document.void_reason })}</p>}
      {document.replaced_by && (
        <p className="text-sm">
          {t("newer")}{" "}
          <Link
            href={`${documentsBase}/${document.replaced_by}`}
            className="font-medium text-primary underline underline-offset-4"
          >
            {t("openNewer")}
          </Link>
        </p>
      )}
    </>
  );
};
