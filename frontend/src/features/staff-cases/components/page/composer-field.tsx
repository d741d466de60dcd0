"use client";

import { type KeyboardEvent, useRef, useState } from "react";

import { inputStyles } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";

import type { Candidate } from "../../comments";
import { matching, Suggestions, wordBeingCalled } from "./composer-mentions";

interface ComposerFieldProps {
  id: string;
  label: string;
  placeholder: string;
  describedBy: string;
  people: readonly Candidate[];
  text: string;
  onChange: (text: string) => void;
  onSend: () => void;
}

/** The words, with names to choose from behind «@». Ctrl+Enter sends. */
export const ComposerField = (props: ComposerFieldProps) => {
  const { id, label, placeholder, describedBy, people, text, onChange, onSend } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [left, setLeft] = useState<string | null>(null);
  const word = wordBeingCalled(text, caret);
  const found = word === null || word === left ? [] : matching(people, word);
  const isOpen = found.length > 0;
  const current = Math.min(active, found.length - 1);

  const choose = (person: Candidate) => {
    const before = text.slice(0, caret).replace(/@[^@]*$/, `@${person.name} `);
    onChange(before + text.slice(caret));
    setCaret(before.length);
    setLeft(person.name);
    requestAnimationFrame(() => field.current?.setSelectionRange(before.length, before.length));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
      return;
    }
    if (!isOpen) return;
    const person = found[current];
    if (event.key === "ArrowDown") setActive((current + 1) % found.length);
    else if (event.key === "ArrowUp") setActive((current + found.length - 1) % found.length);
    else if ((event.key === "Enter" || event.key === "Tab") && person) choose(person);
    else if (event.key === "Escape") setLeft(word);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="relative">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <textarea
        ref={field}
        id={id}
        rows={3}
        maxLength={4000}
        value={text}
        aria-haspopup="listbox"
        aria-controls={isOpen ? `${id}-people` : undefined}
        aria-activedescendant={isOpen ? `${id}-people-${current}` : undefined}
        aria-autocomplete="list"
        aria-describedby={describedBy}
        onChange={(event) => {
          setCaret(event.target.selectionStart);
          setActive(0);
          onChange(event.target.value);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        placeholder={placeholder}
        className={cn(inputStyles, "field-sizing-content min-h-20 text-base sm:text-sm")}
      />
      {isOpen && <Suggestions id={`${id}-people`} people={found} active={current} onChoose={choose} />}
    </div>
  );
};
