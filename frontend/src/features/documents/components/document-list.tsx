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

/** A debt by its lender and contract. */
interface Debt {
  id: string;
  label: string;
}

interface DocumentCardProps {
  document: DocumentRow;
  translations: readonly DocumentRow[];
  /** The debt that it is about. */
  about?: string;
}

const DocumentCard = ({ document, translations, about }: DocumentCardProps) => {
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
          {about && <p className="text-sm text-muted">{about}</p>}
        </div>
        <DocumentStatusBadge document={document} />
      </div>
      {document.summary && <p className="measure">{document.summary}</p>}
      {document.dispatch && <DispatchNote dispatch={document.dispatch} />}
      {document.status === "preparing" ? (
        <p className="text-muted" aria-live="polite">
          {t("queue", { count: document.queue_ahead ?? 0 })}
        </p>
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
export const DocumentList = ({ caseId, debts = [] }: { caseId: string; debts?: readonly Debt[] }) => {
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
  const ofDebts = originals.filter((row) => row.obligation_id !== null);
  const ofCase = originals.filter((row) => row.obligation_id === null);
  const cards = (rows: readonly DocumentRow[]) => (
    <ul className="flex flex-col gap-3">
      {rows.map((document) => (
        <DocumentCard
          key={document.id}
          document={document}
          translations={data.items.filter((row) => row.translation_of === document.id)}
          about={debts.find(({ id }) => id === document.obligation_id)?.label}
        />
      ))}
    </ul>
  );
  return (
    <section aria-label={parts("documents")} className="flex flex-col gap-3">
      {ofCase.length === 0 ? (
        <h2 className="sr-only">{parts("documents")}</h2>
      ) : (
        ofDebts.length > 0 && <h2 className="text-lg font-semibold">{t("aboutDebts")}</h2>
      )}
      {ofDebts.length > 0 && cards(ofDebts)}
      {ofCase.length > 0 && (
        <>
          <h2 className="text-lg font-semibold">{t("wholeCase")}</h2>
          {cards(ofCase)}
        </>
      )}
    </section>
  );
};
