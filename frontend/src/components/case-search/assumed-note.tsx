import { SpellCheck } from "lucide-react";
import { useTranslations } from "next-intl";

import type { SearchAssumed } from "./types";

/** Says that something else was looked for than was typed, and what. */
export const AssumedNote = ({ assumed }: { assumed: readonly SearchAssumed[] }) => {
  const t = useTranslations("caseSearch");
  if (assumed.length === 0) return null;
  return (
    <p role="status" className="flex items-start gap-2 bg-info-soft px-4 py-2 text-sm text-ink">
      <SpellCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{assumed.map(({ typed, taken, how }) => t(`assumed.${how}`, { typed, taken })).join(" ")}</span>
    </p>
  );
};
