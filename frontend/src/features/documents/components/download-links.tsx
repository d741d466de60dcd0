"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";

import type { DocumentRow } from "@/api/types";

import { documentFileUrl } from "../queries";

const FORMATS = [
  { action: "download_sealed", format: "sealed" },
  { action: "download_pdf", format: "pdf" },
  { action: "download_docx", format: "docx" },
  { action: "download_pdfa", format: "pdfa" },
] as const;

export const DownloadLinks = ({ document }: { document: DocumentRow }) => {
  const t = useTranslations("documents.download");
  const offered = FORMATS.filter(({ action }) => document.allowed_actions.includes(action));
  if (offered.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-5">
      {offered.map(({ format }) => (
        <li key={format}>
          <a
            href={documentFileUrl(document.id, format)}
            download
            className="inline-flex min-h-11 items-center gap-1.5 font-medium text-primary underline underline-offset-4"
          >
            <Download aria-hidden className="size-5" />
            {t(format)}
          </a>
        </li>
      ))}
    </ul>
  );
};
