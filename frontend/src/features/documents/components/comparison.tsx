"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { Loaded } from "@/components/loaded";

import { comparisonQuery } from "../queries";

interface ComparisonProps {
  documentId: string;
  otherId: string;
}

/** How the text has changed, word by word: marked by lines as well as by colour. */
export const Comparison = ({ documentId, otherId }: ComparisonProps) => {
  const t = useTranslations("documents.versions");
  return (
    <section aria-label={t("changes")} className="flex flex-col gap-2">
      <Loaded query={useQuery(comparisonQuery(documentId, otherId))} shapes={["h-40"]}>
        {({ parts }) =>
          parts.every(({ kind }) => kind === "same") ? (
            <p className="text-muted">{t("none")}</p>
          ) : (
            <>
              <p className="text-sm text-muted">{t("legend")}</p>
              <div
                // A long text is read by scrolling: the keyboard needs to reach it.
                tabIndex={0}
                className="max-h-[32rem] overflow-y-auto rounded-field border border-line p-4 leading-relaxed break-words whitespace-pre-wrap"
              >
                {parts.map((part, index) => {
                  if (part.kind === "same") return <span key={index}>{part.text}</span>;
                  const Mark = part.kind === "added" ? "ins" : "del";
                  return (
                    <Mark
                      key={index}
                      className={
                        part.kind === "added"
                          ? "bg-success-soft text-success underline"
                          : "bg-danger-soft text-danger line-through"
                      }
                    >
                      <span className="sr-only">{` [${t(part.kind)}] `}</span>
                      {part.text}
                    </Mark>
                  );
                })}
              </div>
            </>
          )
        }
      </Loaded>
    </section>
  );
};
