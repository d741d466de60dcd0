"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useProblemText } from "@/lib/use-problem-text";

interface FormDialogProps {
  title: string;
  lead?: string;
  submitLabel: string;
  danger?: boolean;
  busy: boolean;
  /** The work is done and the only button leaves the window: nothing is left to be cancelled. */
  isDone?: boolean;
  error: unknown;
  /** The error already stands beside its fields. */
  isAtFields?: boolean;
  /** Stands instead of the plain words of the error, where the person can do something about it. */
  notice?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children?: ReactNode;
}

const focusFirstFault = (form: HTMLFormElement | null) =>
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();

/** A form in a window: Enter sends it, Escape leaves it, the first wrong field takes the focus, a failure keeps what was typed. */
export const FormDialog = ({
  title,
  lead,
  submitLabel,
  danger = false,
  busy,
  isDone = false,
  error,
  isAtFields = false,
  notice,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) => {
  const common = useTranslations("common");
  const describe = useProblemText();
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (error) focusFirstFault(form.current);
  }, [error]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    onSubmit();
    requestAnimationFrame(() => focusFirstFault(form.current));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={lead}
      closeLabel={common("close")}
    >
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {notice ??
          (Boolean(error) && !isAtFields && (
            <Alert tone="danger" live>
              {describe(error)}
            </Alert>
          ))}
        {children}
        <div className="flex flex-col gap-2 sm:flex-row-reverse">
          <Button type="submit" variant={danger ? "danger" : "primary"} busy={busy}>
            {submitLabel}
          </Button>
          {!isDone && (
            <Button variant="secondary" onClick={onClose}>
              {common("cancel")}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
};
