"use client";

import { LoaderCircle, Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef } from "react";

interface SearchFieldProps {
  label: string;
  placeholder?: string;
  value: string;
  busy?: boolean;
  onValue: (value: string) => void;
}

/** Words to search for, with their name in sight; Escape clears. */
export const SearchField = ({ label, placeholder, value, busy = false, onValue }: SearchFieldProps) => {
  const t = useTranslations("desk");
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div role="search" className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <div className="relative">
        <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
        <input
          ref={input}
          id={id}
          type="search"
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape" && value) {
              event.preventDefault();
              onValue("");
            }
          }}
          className="min-h-11 w-full rounded-field border border-field-line bg-surface pr-11 pl-9 text-base text-ink sm:min-h-9 sm:text-sm [&::-webkit-search-cancel-button]:hidden"
        />
        {busy ? (
          <LoaderCircle
            aria-hidden
            className="absolute top-1/2 right-3 size-4 -translate-y-1/2 animate-spin text-muted"
          />
        ) : (
          value && (
            <button
              type="button"
              aria-label={t("clearSearch")}
              onClick={() => {
                onValue("");
                input.current?.focus();
              }}
              className="absolute inset-y-0 right-0 flex w-11 items-center justify-center text-muted hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </button>
          )
        )}
      </div>
    </div>
  );
};
