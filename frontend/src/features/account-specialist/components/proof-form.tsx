"use client";

import { useTranslations } from "next-intl";

import { useToast } from "@/components/ui/toast";
import { PAPER_RULES } from "@/components/upload/rules";
import { Uploader } from "@/components/upload/uploader";
import { OpenFile } from "@/components/viewer/open-file";

import { useAttachProof } from "../mutations";
import type { Specialist } from "../types";

/** The licence or the extract: sent as soon as it is chosen, so that there is no second button to forget. */
export const ProofForm = ({ entry }: { entry: Specialist }) => {
  const t = useTranslations("specialist.proof");
  const toast = useToast();
  const attach = useAttachProof(entry.kind, () => toast.show("success", t("done")));
  const title = t(`title.${entry.kind}`);
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-medium text-ink">{title}</h3>
      {entry.has_proof && <p className="text-text">{t("has")}</p>}
      {entry.proof_file_id && <OpenFile fileId={entry.proof_file_id} label={t("open")} title={title} />}
      <Uploader
        slot={`proof:${entry.kind}`}
        label={t(entry.has_proof ? "replace" : "choose")}
        fileLabel={t(entry.has_proof ? "replace" : "choose")}
        rules={PAPER_RULES}
        attach={attach}
        shotsName={title}
      />
    </div>
  );
};
