"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, FileArchive, FileText } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/api-client";
import { formatBytes } from "@/lib/file-size";
import { formatDateTime } from "@/lib/format";
import { hasCode } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { type CaseExport, exportsQuery, useRequestExport } from "../queries";

const ICONS = { pdf: FileText, zip: FileArchive } as const;

const save = (blob: Blob, name: string) => {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
};

const Row = ({ caseId, row }: { caseId: string; row: CaseExport }) => {
  const t = useTranslations("caseExport");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const [isLoading, setLoading] = useState(false);
  const Icon = ICONS[row.kind];
  const load = async () => {
    setLoading(true);
    try {
      // The server names the file by the number of the case: files of several cases lie in one folder of a computer.
      const { blob, name } = await api.namedFile(`/cases/${caseId}/exports/${row.id}/file/`);
      save(blob, name || `kenes-hub-${row.id}.${row.kind}`);
    } catch (error) {
      toast.show("danger", describe(error));
    } finally {
      setLoading(false);
    }
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <span className="inline-flex min-w-0 items-center gap-2">
        <Icon aria-hidden className="size-4 shrink-0 text-muted" />
        {t(`kinds.${row.kind}`)}
        <span className="text-xs text-muted">{formatDateTime(row.created_at, locale)}</span>
      </span>
      {(row.status === "queued" || row.status === "running") && (
        <div className="min-w-40 flex-1">
          <Progress
            value={row.progress_percent}
            max={100}
            label={t("progress", { percent: row.progress_percent })}
          />
        </div>
      )}
      {row.status === "failed" && <span className="text-danger">{t("failed")}</span>}
      {row.status === "expired" && <span className="text-muted">{t("expired")}</span>}
      {row.download && (
        <span className="ml-auto flex flex-wrap items-center gap-x-3">
          <span className="text-xs text-muted">
            {row.size !== null && formatBytes(row.size, locale)}
            {row.expires_at && ` · ${t("until", { when: formatDateTime(row.expires_at, locale) })}`}
          </span>
          <Button variant="secondary" size="dense" busy={isLoading} onClick={() => void load()}>
            <Download aria-hidden className="size-4" />
            {t("load")}
          </Button>
        </span>
      )}
    </li>
  );
};

interface ExportPanelProps {
  caseId: string;
  /** For staff the file holds what they see, internal notes too; it is told before it is made. */
  hasInternalNotes?: boolean;
}

/** Ask for a report or an archive of the case, follow how it is made, load it again while it is kept. */
export const ExportPanel = ({ caseId, hasInternalNotes = false }: ExportPanelProps) => {
  const t = useTranslations("caseExport");
  const locale = useLocale();
  const describe = useProblemText();
  const { data } = useQuery(exportsQuery(caseId));
  const request = useRequestExport(caseId);
  // Whoever may not take the case along is refused by the server and shown nothing.
  if (!data) return null;
  const shownError = request.error && !hasCode(request.error, "proof_cancelled") ? request.error : null;
  return (
    <section
      aria-labelledby="export-title"
      className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4"
    >
      <h2 id="export-title" className="text-base font-semibold">
        {t("title")}
      </h2>
      <p className="text-muted">{t("lead")}</p>
      {hasInternalNotes && (
        <Alert tone="warning" className="p-3">
          {t("internal")}
        </Alert>
      )}
      <div className="flex flex-wrap gap-2">
        {(["pdf", "zip"] as const).map((kind) => {
          const Icon = ICONS[kind];
          return (
            <Button
              key={kind}
              variant="secondary"
              size="dense"
              busy={request.isPending && request.variables.kind === kind}
              onClick={() => request.mutate({ kind, language: locale })}
            >
              <Icon aria-hidden className="size-4" />
              {t(`make.${kind}`)}
            </Button>
          );
        })}
      </div>
      {shownError && (
        <Alert tone="danger" live className="p-3">
          {describe(shownError)}
        </Alert>
      )}
      {data.items.length > 0 && (
        <ul aria-label={t("made")} className="divide-y divide-line">
          {data.items.map((row) => (
            <Row key={row.id} caseId={caseId} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
};
