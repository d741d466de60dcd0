"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { DocumentPages } from "@/components/document-pages";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { documentQuery } from "../queries";
import { ArchivalLink } from "./archival-link";
import { DispatchNote, DocumentStatusBadge } from "./document-status";
import { DocumentSteps } from "./document-steps";
import { DownloadLinks } from "./download-links";
import { PackagePanel } from "./package-panel";
import { VersionNote } from "./version-note";
import { VersionsPanel } from "./versions-panel";

interface DocumentViewProps {
  documentId: string;
  /** The documents of the case, where they are not the borrower's own. */
  caseHref?: string;
  /** Where pages of other documents stand. */
  documentsBase?: string;
  /** The way to one's own signature, shown where the document itself waits for it. */
  signLink?: ReactNode;
  /** The reader's own say in what the verification page shows, under the way there. */
  publicName?: ReactNode;
  /** What others have to say of the document: under its own card, before its versions. */
  children?: ReactNode;
}

/** One document: what it means, its pages, its files, and where it stands. */
export const DocumentView = ({
  documentId,
  caseHref,
  documentsBase = "/documents",
  signLink,
  publicName,
  children,
}: DocumentViewProps) => {
  const t = useTranslations("documents");
  const common = useTranslations("common");
  const locale = useLocale();
  const { data: document, error, refetch } = useQuery(documentQuery(documentId));
  if (!document && error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!document) {
    return (
      <Loading label={common("loading")} className="mx-auto flex max-w-3xl flex-col gap-4">
        <Skeleton className="h-8 w-2/3" />
        <Skeleton className="aspect-[210/297]" />
      </Loading>
    );
  }
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-5">
      <Link
        href={caseHref ?? `/cases/${document.case_id}/documents`}
        className="inline-flex min-h-11 items-center gap-1 self-start font-medium text-primary"
      >
        <ChevronLeft aria-hidden className="size-5" />
        {t("backToCase", { number: document.case_number })}
      </Link>
      <Card className="flex flex-col gap-3">
        <div className="flex flex-wrap items-start justify-between gap-2">
          <h1 className="min-w-0 text-lg font-bold sm:text-xl">{document.title}</h1>
          <DocumentStatusBadge document={document} />
        </div>
        <p className="text-sm text-muted">
          {document.number && `№ ${document.number} · `}
          {document.obligation_id === null ? t("wholeCase") : document.creditor_name}
        </p>
        {document.summary && <p className="measure">{document.summary}</p>}
        {document.signed_at && (
          <p className="text-sm text-muted">
            {t("signedAt", { when: formatDateTime(document.signed_at, locale) })}
          </p>
        )}
        {document.dispatch && <DispatchNote dispatch={document.dispatch} />}
        {document.status === "failed" && <Alert tone="danger">{t("failedText")}</Alert>}
        {document.allowed_actions.includes("sign") && signLink}
        <VersionNote document={document} documentsBase={documentsBase} />
        <DocumentSteps
          document={document}
          interviews={`${caseHref ?? `/cases/${document.case_id}/documents`}/interview`}
        />
        <DownloadLinks document={document} />
        <ArchivalLink document={document} />
        <ul className="flex flex-wrap gap-x-5">
          {document.translations.map((translation) => (
            <li key={translation.id}>
              <Link
                href={`${documentsBase}/${translation.id}`}
                className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4"
              >
                {t("openTranslation", { language: t(`languages.${translation.language}`) })}
              </Link>
            </li>
          ))}
          {document.verify_url && (
            <li>
              <a
                href={document.verify_url}
                className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4"
              >
                {t("verify")}
              </a>
            </li>
          )}
        </ul>
        {document.verify_url && publicName}
      </Card>
      {children}
      <VersionsPanel document={document} documentsBase={documentsBase} />
      {document.allowed_actions.includes("package") && <PackagePanel documentId={document.id} />}
      {document.status === "preparing" ? (
        <Alert tone="info" live>
          {t("queue", { count: document.queue_ahead ?? 0 })} {t("preparingText")}
        </Alert>
      ) : (
        <DocumentPages title={document.title} pages={document.preview_pages} text={document.text} />
      )}
    </div>
  );
};
