import { SpellCheck } from "lucide-react";
import { useTranslations } from "next-intl";

import type { SearchAssumed } from "./types";

interface Taken {
  typed: string;
  how: SearchAssumed["how"];
  taken: string[];
}

/** One entry for each word typed, with all the forms that were taken for it. */
const byWord = (assumed: readonly SearchAssumed[]): Taken[] => {
  const found: Taken[] = [];
  for (const { typed, how, taken } of assumed) {
    const known = found.find((entry) => entry.typed === typed && entry.how === how);
    if (known) known.taken.push(taken);
    else found.push({ typed, how, taken: [taken] });
  }
  return found;
};

/** Says that something else was looked for than was typed, and what. */
export const AssumedNote = ({ assumed }: { assumed: readonly SearchAssumed[] }) => {
  const t = useTranslations("caseSearch");
  if (assumed.length === 0) return null;
  return (
    <p role="status" className="flex items-start gap-2 bg-info-soft px-4 py-2 text-sm text-ink">
      <SpellCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {byWord(assumed)
          .map(({ typed, taken, how }) =>
            t(`assumed.${how}`, { typed, taken: taken.join(t("assumed.between")) }),
          )
          .join(" ")}
      </span>
    </p>
  );
};
