"use client";

import { useTranslations } from "next-intl";

import type { CheckLine } from "./types";

/** «Как посчитано»: each step with its formula and the figures in it. */
export const TraceList = ({ lines, open = false }: { lines: readonly CheckLine[]; open?: boolean }) => {
  const t = useTranslations("schedules");
  if (lines.length === 0) return null;
  return (
    <details open={open} className="group">
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-primary underline underline-offset-4">
        {t("howCounted")}
      </summary>
      <ol className="mt-2 flex flex-col gap-3 border-l-2 border-line pl-3">
        {lines.map((line, index) => (
          <li key={`${line.code}-${index}`} className="flex flex-col gap-0.5">
            <span className="text-muted">{line.label}</span>
            <span className="break-words tabular-nums">
              {line.expression} <span aria-hidden>=</span>{" "}
              <strong className="font-semibold whitespace-nowrap text-ink">{line.result}</strong>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
};
