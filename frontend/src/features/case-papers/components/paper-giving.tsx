"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { PAPER_RULES } from "@/components/upload/rules";
import { Uploader } from "@/components/upload/uploader";

import { useAttachPaper } from "../mutations";
import type { CasePaper } from "../types";
import { PromiseDialog } from "./promise-dialog";

/** How the borrower gives one paper: a file or photographed pages now, or the day on which he brings it. */
export const PaperGiving = ({ caseId, paper }: { caseId: string; paper: CasePaper }) => {
  const t = useTranslations("casePapers");
  const attach = useAttachPaper(caseId, paper.id);
  const [isPromising, setPromising] = useState(false);
  return (
    <>
      <Uploader
        slot={`paper:${paper.id}`}
        label={paper.file_name ? t("replace") : t("upload")}
        fileLabel={t("fileOf", { name: paper.title })}
        rules={PAPER_RULES}
        attach={attach}
        shotsName={paper.title}
        hidesRules
        className="w-full"
      >
        {paper.file_state !== "checking" && (
          <Button
            variant="quiet"
            size="dense"
            className="max-sm:min-h-11"
            aria-label={t("bringOf", { name: paper.title })}
            onClick={() => setPromising(true)}
          >
            {paper.brings_on ? t("bringOther") : t("bring")}
          </Button>
        )}
      </Uploader>
      {isPromising && <PromiseDialog caseId={caseId} paper={paper} onClose={() => setPromising(false)} />}
    </>
  );
};
