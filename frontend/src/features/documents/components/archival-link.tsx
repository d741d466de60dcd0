"use client";

import { useTranslations } from "next-intl";

import type { DocumentDetail } from "@/api/types";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";

import { useMakeArchival } from "../mutations";

/** The PDF/A of a document: made when somebody asks for it, then loaded beside the other files. */
export const ArchivalLink = ({ document }: { document: DocumentDetail }) => {
  const t = useTranslations("documents.download");
  const make = useMakeArchival(document.id);
  if (document.archival.state === "preparing") {
    return (
      <p className="text-sm text-muted" aria-live="polite">
        {t("pdfaPreparing", { count: document.archival.ahead ?? 0 })}
      </p>
    );
  }
  if (!document.allowed_actions.includes("make_pdfa")) return null;
  return (
    <div className="flex flex-col gap-2">
      {document.archival.state === "failed" && <p className="text-sm text-warning">{t("pdfaFailed")}</p>}
      <ProblemAlert error={make.error} />
      <Button
        variant="quiet"
        size="dense"
        className="-ml-3 self-start"
        busy={make.isPending}
        onClick={() => make.mutate()}
      >
        {t("makePdfa")}
      </Button>
    </div>
  );
};
