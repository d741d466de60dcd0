"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2, LoaderCircle, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useState } from "react";

import type { CreditorHit } from "@/api/types";
import { Field, fieldControlProps } from "@/components/ui/field";
import { inputStyles } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";

import { creditorSearchQuery } from "../queries";

interface CreditorSearchProps {
  id: string;
  value: string;
  error?: string;
  onValueChange: (value: string) => void;
  onChoose: (creditor: CreditorHit) => void;
  onTypeIn: (name: string) => void;
}

const QUIET_MS = 250;

const useQuiet = (value: string): string => {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return quiet;
};

const optionStyles =
  "flex min-h-12 cursor-pointer items-start gap-3 px-3 py-2.5 aria-selected:bg-primary-soft hover:bg-primary-soft";

/** Finds a lender by a part of its name; one that is not in the list can always be typed in. */
export const CreditorSearch = ({
  id,
  value,
  error,
  onValueChange,
  onChoose,
  onTypeIn,
}: CreditorSearchProps) => {
  const t = useTranslations("apply.creditor");
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const query = useQuiet(value.trim());
  const { data, isFetching, isError } = useQuery(creditorSearchQuery(query));
  const hits = query.length >= 2 ? (data?.items ?? []) : [];
  const typed = value.trim();
  const optionCount = hits.length + (typed.length >= 2 ? 1 : 0);
  const isShown = isOpen && optionCount > 0;

  const choose = (index: number) => {
    const hit = hits[index];
    setOpen(false);
    if (hit) onChoose(hit);
    else onTypeIn(typed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const move = event.key === "ArrowDown" ? 1 : -1;
      setActive((current) => (optionCount === 0 ? -1 : (current + move + optionCount) % optionCount));
    } else if (event.key === "Enter" && isShown && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && isShown) {
      event.preventDefault();
      setOpen(false);
    }
  };

  return (
    <Field id={id} label={t("search")} help={t("searchHelp")} error={error}>
      <div className="relative">
        <input
          {...fieldControlProps({ id, help: true, error })}
          role="combobox"
          aria-expanded={isShown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isShown && active >= 0 ? `${listId}-${active}` : undefined}
          autoComplete="off"
          maxLength={300}
          value={value}
          onChange={(event) => {
            onValueChange(event.target.value);
            setOpen(true);
            setActive(-1);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
          className={cn(inputStyles, "pr-10")}
        />
        {isFetching && (
          <LoaderCircle aria-hidden className="absolute top-3.5 right-3 size-5 animate-spin text-muted" />
        )}
        <ul
          id={listId}
          role="listbox"
          aria-label={t("search")}
          hidden={!isShown}
          className="absolute inset-x-0 top-full z-20 mt-1 max-h-80 overflow-y-auto rounded-card border border-line bg-surface shadow-overlay"
          // The field must keep the focus, or the list closes before the press counts.
          onMouseDown={(event) => event.preventDefault()}
        >
          {hits.map((hit, index) => (
            <li
              key={hit.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              onClick={() => choose(index)}
              className={optionStyles}
            >
              <Building2 aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
              <span className="min-w-0">
                <span className="block text-ink">{hit.name}</span>
                <span className="block text-sm text-muted">{hit.type_label}</span>
              </span>
            </li>
          ))}
          {typed.length >= 2 && (
            <li
              id={`${listId}-${hits.length}`}
              role="option"
              aria-selected={active === hits.length}
              onClick={() => choose(hits.length)}
              className={cn(optionStyles, hits.length > 0 && "border-t border-line")}
            >
              <Plus aria-hidden className="mt-0.5 size-5 shrink-0 text-primary" />
              <span className="font-medium text-primary">{t("typeIn", { name: typed })}</span>
            </li>
          )}
        </ul>
      </div>
      <p aria-live="polite" className="sr-only">
        {isShown && !isFetching ? t("found", { count: hits.length }) : ""}
      </p>
      {isError && <p className="text-sm text-warning">{t("searchFailed")}</p>}
    </Field>
  );
};
