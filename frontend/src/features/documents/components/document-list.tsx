"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import type { DocumentRow } from "@/api/types";
import { EmptyState, ProblemState } from "@/components/state-panels";
import { buttonStyles } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Link } from "@/lib/i18n/navigation";

import { caseDocumentsQuery } from "../queries";
import { DispatchNote, DocumentStatusBadge } from "./document-status";
import { DownloadLinks } from "./download-links";

const DocumentCard = ({
  document,
  translations,
}: {
  document: DocumentRow;
  translations: readonly DocumentRow[];
}) => {
  const t = useTranslations("documents");
  const canSign = document.allowed_actions.includes("sign");
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h3 className="font-semibold">{document.title}</h3>
          <p className="text-sm text-muted">
            {document.number && `№ ${document.number} · `}
            {t(`languages.${document.language}`)}
          </p>
        </div>
        <DocumentStatusBadge document={document} />
      </div>
      {document.summary && <p className="measure">{document.summary}</p>}
      {document.dispatch && <DispatchNote dispatch={document.dispatch} />}
      {document.status === "preparing" ? (
        <p className="text-muted">{t("preparingText")}</p>
      ) : (
        <>
          <div className="flex flex-col gap-2 sm:flex-row">
            {canSign && (
              <Link href={`/sign/${document.id}`} className={buttonStyles({ variant: "primary" })}>
                {t("readAndSign")}
              </Link>
            )}
            <Link href={`/documents/${document.id}`} className={buttonStyles({ variant: "secondary" })}>
              {t("open")}
            </Link>
          </div>
          <DownloadLinks document={document} />
        </>
      )}
      {translations.map((translation) => (
        <div key={translation.id} className="flex flex-wrap items-center gap-x-4 border-t border-line pt-2">
          <Link
            href={`/documents/${translation.id}`}
            className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4"
          >
            {t("openTranslation", { language: t(`languages.${translation.language}`) })}
          </Link>
          <DownloadLinks document={translation} />
        </div>
      ))}
    </li>
  );
};

/** The papers of a case; a translation stands under the letter that it belongs to. */
export const DocumentList = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("documents");
  const common = useTranslations("common");
  const parts = useTranslations("cases.parts");
  const { data, error, refetch } = useQuery(caseDocumentsQuery(caseId));
  if (!data && error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-3">
        <Skeleton className="h-56" />
      </Loading>
    );
  }
  const originals = data.items.filter(
    (row) => !row.translation_of || !data.items.some((other) => other.id === row.translation_of),
  );
  if (originals.length === 0) return <EmptyState title={t("emptyTitle")} text={t("emptyText")} />;
  return (
    <>
      <h2 className="sr-only">{parts("documents")}</h2>
      <ul className="flex flex-col gap-3">
        {originals.map((document) => (
          <DocumentCard
            key={document.id}
            document={document}
            translations={data.items.filter((row) => row.translation_of === document.id)}
          />
        ))}
      </ul>
    </>
  );
};
