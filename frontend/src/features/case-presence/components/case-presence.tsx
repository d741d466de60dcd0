"use client";

import { Eye, PenLine } from "lucide-react";
import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";

import { usePresence } from "../use-presence";

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");

/** «Смотрит коллега»: who else has the case open now, and who is writing. Nothing is locked by it. */
export const CasePresence = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("casePresence");
  const people = usePresence(caseId);
  return (
    <div
      aria-live="polite"
      className={cn(people.length > 0 && "border-b border-line bg-info-soft px-4 py-2")}
    >
      {people.length > 0 && (
        <ul className="flex flex-wrap items-center gap-x-4 gap-y-1" aria-label={t("label")}>
          {people.map((person) => (
            <li key={person.id} className="flex items-center gap-2 text-sm">
              <span
                aria-hidden
                className="flex size-7 items-center justify-center rounded-full bg-info text-xs font-semibold text-on-primary"
              >
                {initialsOf(person.name)}
              </span>
              <span>{t(person.writing ? "writes" : "looks", { name: person.name })}</span>
              {person.writing ? (
                <PenLine aria-hidden className="size-4 text-warning" />
              ) : (
                <Eye aria-hidden className="size-4 text-info" />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
