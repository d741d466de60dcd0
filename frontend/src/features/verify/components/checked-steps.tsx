import { CircleCheck, CircleHelp, CircleMinus, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";

import type { CheckedStep } from "@/api/types";
import { FoldSummary } from "@/components/ui/fold";

import { useReasonText } from "../reason-text";

const MARKS = {
  passed: { icon: CircleCheck, tone: "text-success" },
  failed: { icon: CircleX, tone: "text-danger" },
  unknown: { icon: CircleHelp, tone: "text-warning" },
  skipped: { icon: CircleMinus, tone: "text-muted" },
} as const;

/** Every step with its answer, and in plain words why; folded, because most people need only the verdict. */
export const CheckedSteps = ({ steps, open }: { steps: readonly CheckedStep[]; open?: boolean }) => {
  const t = useTranslations("signatureCheck.steps");
  const reason = useReasonText();
  return (
    <details open={open}>
      <FoldSummary>{t("title")}</FoldSummary>
      <ol className="flex flex-col gap-3 pb-2">
        {steps.map((step) => {
          const { icon: Icon, tone } = MARKS[step.result];
          const said = reason(step.reason);
          const name = `name.${step.name}`;
          return (
            <li key={step.name} className="flex items-start gap-3">
              <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${tone}`} />
              <div className="min-w-0">
                <p className="font-medium text-ink">
                  {t.has(name as never) ? t(name as never) : t("name.other")}: {t(`result.${step.result}`)}
                </p>
                {said && <p className="text-text">{said}</p>}
              </div>
            </li>
          );
        })}
      </ol>
    </details>
  );
};
