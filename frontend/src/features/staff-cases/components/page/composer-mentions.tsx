"use client";

import { AtSign } from "lucide-react";
import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";

import type { Candidate } from "../../comments";

/** The word after the last «@» that is still being typed, or null. */
export const wordBeingCalled = (text: string, caret: number): string | null => {
  const match = /(?:^|\s)@([^\s@]*(?: [^\s@]*)?)$/.exec(text.slice(0, caret));
  return match ? (match[1] ?? "") : null;
};

/** People whose name begins, in any of its words, with what was typed. */
export const matching = (people: readonly Candidate[], word: string): Candidate[] => {
  const wanted = word.toLocaleLowerCase();
  return people
    .filter(({ name }) =>
      [name, ...name.split(" ")].some((part) => part.toLocaleLowerCase().startsWith(wanted)),
    )
    .slice(0, 6);
};

/** Ids of the people whose names still stand in the text after an «@». */
export const calledIn = (text: string, people: readonly Candidate[]): Candidate[] =>
  people.filter(({ name }) => text.includes(`@${name}`));

interface SuggestionsProps {
  id: string;
  people: readonly Candidate[];
  active: number;
  onChoose: (person: Candidate) => void;
}

/** Names to choose from while «@…» is typed: arrows move, Enter takes, Escape leaves. */
export const Suggestions = ({ id, people, active, onChoose }: SuggestionsProps) => {
  const t = useTranslations("staff.composer");
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={t("suggestions")}
      className="absolute inset-x-0 top-full z-30 mt-1 max-h-64 overflow-y-auto rounded-field border border-line bg-surface p-1 shadow-overlay"
    >
      {people.map((person, index) => (
        <li
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => {
            // Before the field loses the focus.
            event.preventDefault();
            onChoose(person);
          }}
          className={cn(
            "flex min-h-11 cursor-pointer items-center gap-2 rounded-field px-2 sm:min-h-9",
            index === active && "bg-primary-soft",
          )}
        >
          <AtSign aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 break-words">{person.name}</span>
          {person.role !== person.name && <span className="text-xs text-muted">{person.role}</span>}
        </li>
      ))}
    </ul>
  );
};
