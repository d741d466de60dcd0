import { useTranslations } from "next-intl";
import { Fragment } from "react";

import { cn } from "@/lib/cn";

import type { SearchFound } from "./types";

const SHOWN = 3;

/** The words that were found, with what stands around them. The text is plain, marks are ours. */
const Quote = ({ found }: { found: SearchFound }) => (
  <>
    {found.quote.map((piece, index) => (
      <Fragment key={index}>
        {piece.hit ? (
          <mark className="rounded-sm bg-warning-soft px-0.5 font-medium text-ink">{piece.text}</mark>
        ) : (
          piece.text
        )}
      </Fragment>
    ))}
  </>
);

interface FoundInProps {
  found: readonly SearchFound[];
  className?: string;
}

/** Where in a case the words were found: number, name, a comment, a letter, each with a short quotation. */
export const FoundIn = ({ found, className }: FoundInProps) => {
  const t = useTranslations("caseSearch");
  if (found.length === 0) return null;
  return (
    <ul aria-label={t("foundIn")} className={cn("flex flex-col gap-0.5 text-xs text-muted", className)}>
      {found.slice(0, SHOWN).map((item, index) => (
        <li key={`${item.place}-${item.ref_id ?? index}`} className="break-words">
          <span className="font-medium text-text">
            {t(`place.${item.place}`)}
            {item.title && `, ${item.title}`}
            {item.quote.length > 0 && ": "}
          </span>
          <Quote found={item} />
        </li>
      ))}
      {found.length > SHOWN && <li>{t("more", { count: found.length - SHOWN })}</li>}
    </ul>
  );
};
