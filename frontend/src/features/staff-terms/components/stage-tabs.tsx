import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";

import { STAGES, type TermCounts } from "../queries";

interface StageTabsProps {
  value: string;
  counts: TermCounts | undefined;
  onValue: (stage: string) => void;
}

const TONES: Record<(typeof STAGES)[number], string> = {
  overdue: "text-danger",
  today: "text-warning",
  soon: "text-warning",
  later: "text-primary",
};

/** How pressing: overdue, today, in a week, later, each with its number. */
export const StageTabs = ({ value, counts, onValue }: StageTabsProps) => {
  const t = useTranslations("staffTerms.stage");
  return (
    <nav aria-label={t("label")} className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {STAGES.map((stage) => (
        <button
          key={stage}
          type="button"
          aria-pressed={value === stage}
          onClick={() => onValue(value === stage ? "" : stage)}
          className={cn(
            "flex min-h-16 flex-col items-start rounded-card border border-line bg-surface px-4 py-2 text-left hover:bg-primary-soft",
            value === stage && "border-primary ring-1 ring-primary",
          )}
        >
          <span className={cn("text-xl font-semibold tabular-nums", TONES[stage])}>
            {counts ? counts[stage] : "…"}
          </span>
          <span className="text-sm text-muted">{t(stage)}</span>
        </button>
      ))}
    </nav>
  );
};
