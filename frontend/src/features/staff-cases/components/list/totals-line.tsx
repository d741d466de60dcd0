import { useTranslations } from "next-intl";

import { formatMoney } from "@/lib/format";

import { STAGES } from "../../codes";
import type { CaseTotals } from "../../types";

/** How many cases the list holds, how much debt, and how near their terms are. */
export const TotalsLine = ({ totals }: { totals: CaseTotals | undefined }) => {
  const t = useTranslations("caseList.totals");
  const stages = useTranslations("caseList.stage");
  if (!totals) return <p className="h-5" />;
  const near = STAGES.slice(0, 4).filter((stage) => (totals.by_term[stage]?.count ?? 0) > 0);
  return (
    <p className="flex h-5 gap-x-4 overflow-hidden text-xs whitespace-nowrap text-muted tabular-nums">
      <span className="font-medium text-ink">{t("cases", { count: totals.whole.count })}</span>
      {totals.whole.total_tiyn !== null && (
        <span>{t("debt", { sum: formatMoney(totals.whole.total_tiyn) })}</span>
      )}
      {near.map((stage) => (
        <span key={stage} className="max-sm:hidden">
          {stages(stage)}: {totals.by_term[stage]?.count}
        </span>
      ))}
    </p>
  );
};
