"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { Button } from "@/components/ui/button";

interface CopyFieldProps {
  label: string;
  value: string;
}

/** A value to take away: selected by a press, copied by the button; without the right to copy it stays to be selected. */
export const CopyField = ({ label, value }: CopyFieldProps) => {
  const t = useTranslations("desk");
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      const field = document.getElementById(id);
      if (field instanceof HTMLTextAreaElement) field.select();
    }
  };
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-ink">
        {label}
      </label>
      <textarea
        id={id}
        readOnly
        rows={2}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        className="w-full resize-none rounded-field border border-field-line bg-canvas px-3 py-2 font-mono text-sm break-all text-ink"
      />
      <Button
        variant="secondary"
        size="dense"
        className="self-start max-sm:min-h-11"
        onClick={() => void copy()}
      >
        {isCopied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
        {t(isCopied ? "copied" : "copy")}
      </Button>
      <p aria-live="polite" className="sr-only">
        {isCopied ? t("copied") : ""}
      </p>
    </div>
  );
};
