"use client";

import { ChevronDown, ChevronUp, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";

import { IconButton } from "./icon-button";

interface SearchBarProps {
  field: RefObject<HTMLInputElement | null>;
  query: string;
  onQuery: (query: string) => void;
  /** How many were found, and which of them is shown, from 0. */
  count: number;
  at: number;
  onStep: (by: 1 | -1) => void;
  /** `none`: the file has no text to look in. */
  textState: "ready" | "preparing" | "none";
}

/** Search in the text of the file: Enter goes on, Shift with Enter goes back. */
export const SearchBar = ({ field, query, onQuery, count, at, onStep, textState }: SearchBarProps) => {
  const t = useTranslations("viewer.search");
  const isAsked = query.trim().length > 1;
  const said = () => {
    if (textState === "none") return t("noText");
    if (!isAsked) return textState === "preparing" ? t("preparing") : "";
    return count > 0
      ? t("found", { at: at + 1, count })
      : t(textState === "preparing" ? "notYet" : "nothing");
  };
  return (
    <div role="search" className="flex min-w-0 flex-1 basis-full flex-wrap items-center gap-x-1 sm:basis-0">
      <label className="relative flex min-w-32 flex-1 items-center sm:max-w-64">
        <span className="sr-only">{t("label")}</span>
        <Search aria-hidden className="pointer-events-none absolute left-3 size-4 text-muted" />
        <input
          ref={field}
          type="search"
          enterKeyHint="search"
          autoComplete="off"
          disabled={textState === "none"}
          value={query}
          placeholder={t("placeholder")}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            onStep(event.shiftKey ? -1 : 1);
          }}
          className="h-11 w-full rounded-field border border-field-line bg-surface pr-2 pl-9 text-base text-ink disabled:bg-canvas sm:h-9 sm:text-sm"
        />
      </label>
      <IconButton label={t("previous")} disabled={count === 0} onPress={() => onStep(-1)}>
        <ChevronUp aria-hidden className="size-5" />
      </IconButton>
      <IconButton label={t("next")} disabled={count === 0} onPress={() => onStep(1)}>
        <ChevronDown aria-hidden className="size-5" />
      </IconButton>
      <p role="status" className="text-sm text-muted tabular-nums">
        {said()}
      </p>
    </div>
  );
};
