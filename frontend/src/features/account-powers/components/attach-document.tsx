"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { PAPER_RULES } from "@/components/upload/rules";
import { Uploader } from "@/components/upload/uploader";

import { useAttachDocument } from "../mutations";

interface AttachDocumentProps {
  powerId: string;
  onDone: () => void;
  actions?: ReactNode;
}

/** The paper itself: without it a power to sign cannot be checked. Given as soon as it is chosen. */
export const AttachDocument = ({ powerId, onDone, actions }: AttachDocumentProps) => {
  const t = useTranslations("powers.document");
  const attach = useAttachDocument(powerId, onDone);
  return (
    <div className="flex flex-col gap-4">
      <Uploader
        slot={`power:${powerId}`}
        label={t("choose")}
        fileLabel={t("choose")}
        rules={PAPER_RULES}
        attach={attach}
        shotsName={t("fileName")}
      />
      <p className="text-sm text-muted">{t("readable")}</p>
      {actions && <div className="flex flex-col gap-2 sm:flex-row">{actions}</div>}
    </div>
  );
};
