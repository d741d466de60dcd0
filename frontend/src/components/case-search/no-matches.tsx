import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";

import { EmptyState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";

interface NoMatchesProps {
  words: string;
  /** The query in other keyboard layouts, which was looked for too. */
  tried: readonly string[];
  isFiltered: boolean;
  onWords: (words: string) => void;
  onClearFilters: () => void;
}

/** Nothing was found: what was tried, and what may help. */
export const NoMatches = ({ words, tried, isFiltered, onWords, onClearFilters }: NoMatchesProps) => {
  const t = useTranslations("caseSearch");
  const single = [...new Set(words.split(/\s+/))].filter((word) => word.length > 2).slice(0, 4);
  return (
    <div className="px-4 py-10">
      <EmptyState
        icon={<SearchX className="size-6" />}
        title={t("none.title")}
        text={t("none.text", { words })}
      >
        {tried.length > 0 && (
          <p className="text-sm text-muted">{t("none.tried", { words: tried.join(", ") })}</p>
        )}
        {single.length > 1 && (
          <div className="flex flex-wrap justify-center gap-2">
            {single.map((word) => (
              <Button key={word} variant="secondary" size="dense" onClick={() => onWords(word)}>
                {t("none.only", { word })}
              </Button>
            ))}
          </div>
        )}
        <ul className="list-disc pl-5 text-left text-sm text-text">
          <li>{t("none.hintNumber")}</li>
          <li>{t("none.hintWhole")}</li>
          <li>{t("none.hintRights")}</li>
        </ul>
        <div className="flex flex-wrap justify-center gap-2">
          {isFiltered && (
            <Button variant="secondary" onClick={onClearFilters}>
              {t("none.withoutFilters")}
            </Button>
          )}
          <Button variant="secondary" onClick={() => onWords("")}>
            {t("none.reset")}
          </Button>
        </div>
      </EmptyState>
    </div>
  );
};
