"use client";

import { CircleCheck, CircleHelp, CircleMinus, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";

import type { JudgingStep } from "@/api/signing";
import { FoldSummary } from "@/components/ui/fold";

const MARKS = {
  passed: { icon: CircleCheck, tone: "text-success" },
  failed: { icon: CircleX, tone: "text-danger" },
  unknown: { icon: CircleHelp, tone: "text-warning" },
  skipped: { icon: CircleMinus, tone: "text-muted" },
} as const;

const NAMES = [
  "decode",
  "content",
  "certificate",
  "attributes",
  "digest",
  "signing_certificate",
  "signature",
  "time",
  "chain",
  "revocation",
  "usage",
] as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const RESULTS = ["passed", "failed", "unknown", "skipped"] as const;

/** Steps as an answer of the API carries them; what does not look like one is left out. */
export const stepsIn = (value: unknown): JudgingStep[] =>
  Array.isArray(value)
    ? value.filter(isRecord).flatMap((step) => {
        const result = RESULTS.find((one) => one === step.result);
        return result && typeof step.name === "string"
          ? [{ name: step.name, result, reason: typeof step.reason === "string" ? step.reason : "" }]
          : [];
      })
    : [];

/** What was looked at in a signature, one line a step, folded: most people need only the verdict. */
export const JudgingSteps = ({ steps }: { steps: readonly JudgingStep[] }) => {
  const t = useTranslations("eds.steps");
  if (steps.length === 0) return null;
  return (
    <details>
      <FoldSummary>{t("title")}</FoldSummary>
      <ol className="flex flex-col gap-1.5 pb-2">
        {steps.map((step, index) => {
          const { icon: Icon, tone } = MARKS[step.result];
          const name = NAMES.find((one) => one === step.name) ?? "other";
          return (
            <li key={index} className="flex gap-2">
              <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${tone}`} />
              <span>
                {t(`name.${name}`)}: {t(`result.${step.result}`)}
              </span>
            </li>
          );
        })}
      </ol>
    </details>
  );
};
