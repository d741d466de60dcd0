"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import type { DocumentRow } from "@/api/types";
import { ProblemState } from "@/components/state-panels";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { apiUrl } from "@/lib/api-client";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";
import { useProblemText } from "@/lib/use-problem-text";

import { useRegenerateDocument } from "../../mutations";
import { staffDocumentsQuery } from "../../queries";
import type { StaffCase } from "../../types";
import { DispatchBlock } from "./dispatch-block";
import { Panel } from "./panel";

const TONES: Record<DocumentRow["status"], BadgeTone> = {
  preparing: "neutral",
  ready_to_sign: "warning",
  signed: "primary",
  sealed: "primary",
  sent: "success",
  failed: "danger",
  superseded: "neutral",
  void: "neutral",
};

const isPutAside = ({ status }: DocumentRow) => status === "superseded" || status === "void";

const DOWNLOADS = [
  ["download_sealed", "sealed"],
  ["download_pdf", "pdf"],
  ["download_docx", "docx"],
] as const;

const Downloads = ({ document }: { document: DocumentRow }) => {
  const t = useTranslations("staff.documents");
  const shown = DOWNLOADS.filter(([action]) => document.allowed_actions.includes(action));
  return (
    <ul className="flex flex-wrap gap-x-4">
      {shown.map(([action, format]) => (
        <li key={action}>
          <a
            href={apiUrl(`/documents/${document.id}/file/`, { format })}
            className="inline-flex min-h-9 items-center gap-1.5 text-primary underline underline-offset-2"
          >
            <Download aria-hidden className="size-4" />
            {t(format)}
            <span className="sr-only"> №&nbsp;{document.number}</span>
          </a>
        </li>
      ))}
      {document.verify_url && (
        <li>
          <a
            href={document.verify_url}
            target="_blank"
            rel="noreferrer"
            className="inline-flex min-h-9 items-center text-primary underline underline-offset-2"
          >
            {t("verify")}
          </a>
        </li>
      )}
    </ul>
  );
};

interface LetterProps {
  caseId: string;
  document: DocumentRow;
  translations: readonly DocumentRow[];
  /** The lender of the debt that it is about, or that it is about the whole case. */
  about: string | undefined;
}

const Letter = ({ caseId, document, translations, about }: LetterProps) => {
  const t = useTranslations("staff.documents");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const regenerate = useRegenerateDocument(caseId);
  // It needs no signature, so nobody is waited for.
  const isReady = document.status === "ready_to_sign" && document.signature.length === 0;
  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-col gap-1">
        <Link
          href={`/staff/cases/${caseId}/documents/${document.id}`}
          prefetch={false}
          className="self-start font-medium text-ink underline decoration-line underline-offset-4 hover:text-primary"
        >
          {document.title}
        </Link>
        <p className="text-xs text-muted">
          №&nbsp;{document.number} · {t(`languages.${document.language}`)}
          {about && ` · ${about}`}
        </p>
        {isReady ? (
          <Badge tone="success" className="self-start text-xs">
            {t("ready")}
          </Badge>
        ) : (
          <Badge tone={TONES[document.status]} className="self-start text-xs">
            {t(`status.${document.status}`)}
          </Badge>
        )}
        {document.signed_at && (
          <p className="text-muted">{t("signedAt", { at: formatDateTime(document.signed_at, locale) })}</p>
        )}
      </div>
      {document.dispatch && <DispatchBlock caseId={caseId} dispatch={document.dispatch} />}
      <Downloads document={document} />
      {translations.map((translation) => (
        <div key={translation.id} className="border-l-2 border-line pl-3">
          <p className="text-muted">
            {t("translation", { language: t(`languages.${translation.language}`) })}
          </p>
          <Downloads document={translation} />
        </div>
      ))}
      {document.allowed_actions.includes("regenerate") && (
        <Button
          variant="secondary"
          size="dense"
          className="self-start"
          busy={regenerate.isPending}
          onClick={() =>
            regenerate.mutate(document.id, {
              onSuccess: () => toast.show("success", t("regenerateDone")),
              onError: (error) => toast.show("danger", describe(error)),
            })
          }
        >
          {t("regenerate")}
        </Button>
      )}
    </li>
  );
};

const Letters = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("staff.documents");
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(staffDocumentsQuery(detail.id));
  const names = new Map(detail.obligations.map((debt) => [debt.id, debt.creditor.name]));
  if (error && !data) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-2">
        <Skeleton className="h-5 w-3/4" />
        <Skeleton className="h-16" />
      </Loading>
    );
  }
  const originals = data.items.filter((item) => item.translation_of === null);
  const current = originals.filter((item) => !isPutAside(item));
  const replaced = originals.filter((item) => isPutAside(item));
  const letter = (item: DocumentRow) => (
    <Letter
      key={item.id}
      caseId={detail.id}
      document={item}
      translations={data.items.filter((other) => other.translation_of === item.id)}
      about={item.obligation_id ? names.get(item.obligation_id) : t("wholeCase")}
    />
  );
  return (
    <>
      {originals.length === 0 && <p className="text-muted">{t("none")}</p>}
      {current.length > 0 && <ul className="flex flex-col divide-y divide-line">{current.map(letter)}</ul>}
      {replaced.length > 0 && (
        <details>
          <summary className="min-h-9 py-1.5 font-medium text-primary">
            {t("replaced", { count: replaced.length })}
          </summary>
          <ul className="flex flex-col divide-y divide-line pt-2">{replaced.map(letter)}</ul>
        </details>
      )}
    </>
  );
};

/** Letters with their signature and the way of their sending. */
export const DocumentsPanel = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("staff.documents");
  return (
    <Panel id="documents" title={t("title")}>
      {detail.masked ? <p className="text-muted">{t("masked")}</p> : <Letters detail={detail} />}
    </Panel>
  );
};
