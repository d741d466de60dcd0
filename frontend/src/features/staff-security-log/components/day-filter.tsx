"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { cn } from "@/lib/cn";
import { maskTypedDate, parseTypedDate, toTypedDate } from "@/lib/dates";

interface DayFilterProps {
  label: string;
  /** ISO day or empty. */
  value: string;
  onValue: (iso: string) => void;
}

/** A day typed as `дд.мм.гггг`; counts once it is a real one, and when it is emptied. */
export const DayFilter = ({ label, value, onValue }: DayFilterProps) => {
  const t = useTranslations("securityLog");
  const id = useId();
  const [draft, setDraft] = useState<{ of: string; text: string } | null>(null);
  // A value that changed elsewhere (cleared, back in history) wins over what was being typed.
  const text = draft?.of === value ? draft.text : value ? toTypedDate(value) : "";
  const isWrong = text.length >= 10 && parseTypedDate(text) === null;
  const change = (typed: string) => {
    const masked = maskTypedDate(typed, text);
    const iso = parseTypedDate(masked);
    const next = masked === "" ? "" : masked.length >= 10 && iso ? iso : value;
    setDraft({ of: next, text: masked });
    if (next !== value) onValue(next);
  };
  return (
    <div className="flex w-36 flex-col gap-1 max-sm:flex-1 max-sm:basis-36">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        placeholder={t("dayPlaceholder")}
        maxLength={10}
        value={text}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? `${id}-error` : undefined}
        onChange={(event) => change(event.target.value)}
        className={cn(
          "min-h-11 w-full rounded-field border bg-surface px-3 py-1 text-base text-ink aria-invalid:border-danger sm:min-h-9 sm:text-sm",
          value ? "border-primary bg-primary-soft" : "border-field-line",
        )}
      />
      {isWrong && (
        <p id={`${id}-error`} className="text-xs text-danger">
          {t("noSuchDay")}
        </p>
      )}
    </div>
  );
};
