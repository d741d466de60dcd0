"use client";

import { LoaderCircle, Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";

interface SearchBoxProps {
  input: RefObject<HTMLInputElement | null>;
  value: string;
  busy: boolean;
  onValueChange: (value: string) => void;
}

export const SearchBox = ({ input, value, busy, onValueChange }: SearchBoxProps) => {
  const t = useTranslations("staff.list");
  return (
    <div role="search" className="relative min-w-0 flex-1 sm:max-w-md">
      <Search aria-hidden className="absolute top-3 left-3 size-5 text-muted" />
      <input
        ref={input}
        type="search"
        aria-label={t("search")}
        aria-keyshortcuts="/"
        placeholder={t("searchPlaceholder")}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (value) onValueChange("");
          else event.currentTarget.blur();
        }}
        className="min-h-11 w-full rounded-field border border-field-line bg-surface pr-11 pl-10 text-base text-ink sm:text-sm [&::-webkit-search-cancel-button]:hidden"
      />
      {busy ? (
        <LoaderCircle aria-hidden className="absolute top-3 right-3 size-5 animate-spin text-muted" />
      ) : (
        value && (
          <button
            type="button"
            aria-label={t("clearSearch")}
            onClick={() => {
              onValueChange("");
              input.current?.focus();
            }}
            className="absolute top-0 right-0 flex size-11 items-center justify-center text-muted hover:text-ink"
          >
            <X aria-hidden className="size-5" />
          </button>
        )
      )}
    </div>
  );
};
