"use client";

import { useEffect, useRef, useState } from "react";

import { useRouter } from "@/lib/i18n/navigation";
import { isCovered, isTyping, letterOf } from "@/lib/keys";

import { usePageCommands } from "../page-commands";
import { CommandPalette, type Section } from "./command-palette";

const SEQUENCE_MS = 1_200;

interface PaletteHostProps {
  sections: readonly Section[];
  seesCases: boolean;
}

/** Listens on every page of staff: Ctrl+K opens the palette, g and a letter go to a section. */
export const PaletteHost = ({ sections, seesCases }: PaletteHostProps) => {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const page = usePageCommands();
  const wentAt = useRef(0);
  const kept = useRef({ sections, page });
  useEffect(() => {
    kept.current = { sections, page };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const letter = letterOf(event);
      if ((event.ctrlKey || event.metaKey) && !event.altKey && letter === "k") {
        event.preventDefault();
        setOpen((open) => !open && !isCovered());
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (isTyping(event.target) || isCovered()) return;
      const isSecond = Date.now() - wentAt.current < SEQUENCE_MS;
      wentAt.current = 0;
      if (isSecond) {
        const section = kept.current.sections.find((item) => item.letter === letter);
        if (!section) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        router.push(section.href);
      } else if (letter === "g") {
        wentAt.current = Date.now();
      } else {
        const command = kept.current.page.find((item) => letter !== "" && item.letters?.includes(letter));
        if (!command || event.defaultPrevented) return;
        event.preventDefault();
        command.run();
      }
    };
    // Before the keys of a list: the letter after g belongs to the sequence.
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [router]);
  return isOpen ? (
    <CommandPalette sections={sections} seesCases={seesCases} onClose={() => setOpen(false)} />
  ) : null;
};
