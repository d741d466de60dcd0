"use client";

import { useTranslations } from "next-intl";

import type { ConsentText } from "@/api/types";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";

import type { GivenConsent } from "../types";
import { AcceptPanel } from "./accept-panel";

interface TextDialogProps {
  text: ConsentText;
  given: GivenConsent | null;
  /** Whether it may be accepted here and now. */
  canAccept: boolean;
  onClose: () => void;
}

/** The whole text at reading size; where it waits for an answer, the answer is given under it. */
export const TextDialog = ({ text, given, canAccept, onClose }: TextDialogProps) => {
  const t = useTranslations("consentsPage");
  const common = useTranslations("common");
  const toast = useToast();
  const isOlder = given !== null && given.withdrawn_at === null && given.version !== text.version;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={text.title} closeLabel={common("close")}>
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
        {t("version", { version: text.version })}
        {text.needs_lawyer_review && <Badge tone="warning">{t("needsReview")}</Badge>}
      </p>
      {isOlder && <Alert tone="info">{t("olderAccepted", { version: given.version })}</Alert>}
      <div
        role="region"
        aria-label={text.title}
        tabIndex={0}
        className="measure max-h-80 overflow-y-auto rounded-card border border-line bg-canvas p-4 whitespace-pre-line"
      >
        {text.body}
      </div>
      {canAccept && (
        <AcceptPanel
          key={text.sha256}
          text={text}
          onDone={() => {
            toast.show("success", t("accept.done"));
            onClose();
          }}
        />
      )}
    </Dialog>
  );
};
