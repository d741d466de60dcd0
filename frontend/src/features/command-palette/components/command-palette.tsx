"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";

import { type CaseSearchRow, quoteText } from "@/components/case-search/types";
import { Dialog } from "@/components/ui/dialog";
import { cn } from "@/lib/cn";
import { useRouter } from "@/lib/i18n/navigation";
import { useQuiet } from "@/lib/use-quiet";

import { type Command, matching } from "../commands";
import { usePageCommands } from "../page-commands";
import { foundCasesQuery, savedViewsQuery } from "../queries";

export interface Section {
  key: string;
  href: string;
  title: string;
  /** The letter after g that leads there. */
  letter?: string;
}

interface PaletteProps {
  sections: readonly Section[];
  seesCases: boolean;
  onClose: () => void;
}

const toQuery = (filters: Readonly<Record<string, unknown>>): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    for (const item of Array.isArray(value) ? value : [value]) params.append(name, String(item));
  }
  return params.toString();
};

const quoted = (row: CaseSearchRow): string => {
  const found = row.found_in.find(({ place }) => place !== "number" && place !== "name");
  return found && found.quote.length > 0 ? `«${quoteText(found)}»` : "";
};

const useCommands = ({ sections, seesCases, onClose }: PaletteProps, typed: string): Command[] => {
  const t = useTranslations("palette");
  const router = useRouter();
  const page = usePageCommands();
  const words = useQuiet(typed.trim());
  const { data: found } = useQuery({ ...foundCasesQuery(words), enabled: seesCases && words.length >= 2 });
  const { data: views } = useQuery({ ...savedViewsQuery, enabled: seesCases });
  const go = (href: string) => () => {
    onClose();
    router.push(href);
  };
  const cases = (words.length >= 2 ? (found?.items ?? []) : []).map((row) => ({
    id: `case:${row.id}`,
    // What was found in words (a comment, a letter, a creditor) is not seen in the first line otherwise.
    title: [row.number, row.borrower_name, row.status_label, quoted(row)].filter(Boolean).join(" · "),
    group: t("cases"),
    run: go(`/staff/cases/${row.id}`),
  }));
  const here = page.map((command) => ({
    ...command,
    group: t("here"),
    keys: command.letters?.join(" / "),
    run: () => {
      onClose();
      command.run();
    },
  }));
  const known = [
    ...here,
    ...(views?.items ?? []).map((view) => ({
      id: `view:${view.id}`,
      title: view.name,
      group: t("views"),
      run: go(
        `/staff/cases?${toQuery(view.filters)}${view.layout === "list" ? "" : `&layout=${view.layout}`}`,
      ),
    })),
    ...sections.map((section) => ({
      id: `go:${section.key}`,
      title: section.title,
      group: t("go"),
      keys: section.letter ? `g ${section.letter}` : undefined,
      run: go(section.href),
    })),
  ];
  return [...cases, ...matching(known, typed)];
};

/** One field for everything: sections, saved views, cases by number or name, and what can be done on this page. */
export const CommandPalette = (props: PaletteProps) => {
  const t = useTranslations("palette");
  const common = useTranslations("common");
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const commands = useCommands(props, typed);
  const active = Math.min(at, Math.max(0, commands.length - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((active + step + commands.length) % Math.max(1, commands.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      commands[active]?.run();
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={t("title")}
      closeLabel={common("close")}
    >
      <input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={commands[active] ? `${id}-${commands[active].id}` : undefined}
        aria-label={t("label")}
        placeholder={t("placeholder")}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="min-h-11 w-full rounded-field border border-field-line bg-surface px-3 text-base text-ink"
      />
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={t("label")}
        className="flex max-h-[50dvh] flex-col overflow-y-auto"
      >
        {commands.map((command, index) => (
          <li
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            aria-selected={index === active}
            ref={(element) => {
              if (index === active) element?.scrollIntoView?.({ block: "nearest" });
            }}
            onClick={command.run}
            className={cn(
              "flex min-h-11 cursor-pointer items-center justify-between gap-3 rounded-field px-3 text-sm text-ink sm:min-h-9",
              index === active && "bg-primary-soft",
            )}
          >
            <span className="min-w-0 truncate">{command.title}</span>
            <span className="shrink-0 text-xs text-muted">{command.keys ?? command.group}</span>
          </li>
        ))}
      </ul>
      {commands.length === 0 && <p className="text-sm text-muted">{t("nothing")}</p>}
    </Dialog>
  );
};
