"use client";

import { useLocale, useTranslations } from "next-intl";

import type { Dispatch, DocumentRow, DocumentStatus } from "@/api/types";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { formatDateTime } from "@/lib/format";

const TONES: Record<DocumentStatus, BadgeTone> = {
  preparing: "neutral",
  ready_to_sign: "warning",
  signed: "success",
  sealed: "success",
  sent: "success",
  failed: "danger",
  superseded: "neutral",
  void: "neutral",
};

export const DocumentStatusBadge = ({ document }: { document: DocumentRow }) => {
  const t = useTranslations("documents");
  if (document.translation_of) return <Badge>{t("translation")}</Badge>;
  if (document.status === "ready_to_sign" && document.signature.length === 0) {
    return <Badge tone="success">{t("ready")}</Badge>;
  }
  return <Badge tone={TONES[document.status]}>{t(`status.${document.status}`)}</Badge>;
};

/** Where the letter is on its way to the lender, in one sentence. */
export const DispatchNote = ({ dispatch }: { dispatch: Dispatch }) => {
  const t = useTranslations("documents.dispatch");
  const locale = useLocale();
  const repeats = dispatch.attempts.filter((attempt) => attempt.is_repeat).length;
  return (
    <p className="text-sm text-muted">
      {t(dispatch.status, {
        address: dispatch.address_masked_or_full,
        when: dispatch.accepted_at ? formatDateTime(dispatch.accepted_at, locale) : "",
      })}
      {repeats > 0 && ` ${t("repeats", { count: repeats })}`}
    </p>
  );
};
