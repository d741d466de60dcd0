"use client";

import { useTranslations } from "next-intl";
import type { FormEvent, ReactNode } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { hasCode } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

interface CaseDialogProps {
  title: string;
  lead?: string;
  submitLabel: string;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  /** The error already stands beside its field. */
  isShownAtField?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/**
 * A form about a case. When somebody changed the case meanwhile it says so and stays open: the page behind has been read
 * anew, what was typed is kept, and a second press goes with the new version.
 */
export const CaseDialog = ({
  title,
  lead,
  submitLabel,
  danger = false,
  busy,
  error,
  isShownAtField = false,
  onSubmit,
  onClose,
  children,
}: CaseDialogProps) => {
  const t = useTranslations("staff.case");
  const common = useTranslations("common");
  const describe = useProblemText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={lead}
      closeLabel={common("close")}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {hasCode(error, "case.changed_meanwhile") ? (
          <Alert tone="warning" title={t("changedTitle")} live>
            <p>{t("changedText")}</p>
          </Alert>
        ) : (
          Boolean(error) &&
          !isShownAtField && (
            <Alert tone="danger" live>
              {describe(error)}
            </Alert>
          )
        )}
        {children}
        <div className="flex flex-col gap-2 sm:flex-row-reverse">
          <Button type="submit" variant={danger ? "danger" : "primary"} busy={busy}>
            {submitLabel}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {common("cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
