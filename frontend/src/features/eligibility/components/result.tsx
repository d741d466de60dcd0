"use client";

import { CalendarClock, CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";

import { Badge, type BadgeTone } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";

import type { EligibilityResult } from "../queries";

export type Verdict = EligibilityResult["verdict"];

const LOOKS: Record<Verdict, { icon: typeof CircleCheck; text: string; tone: BadgeTone; panel: string }> = {
  yes: { icon: CircleCheck, text: "text-success", tone: "success", panel: "border-success bg-success-soft" },
  no: { icon: CircleX, text: "text-danger", tone: "danger", panel: "border-danger bg-danger-soft" },
  perhaps: {
    icon: CircleHelp,
    text: "text-warning",
    tone: "warning",
    panel: "border-warning bg-warning-soft",
  },
  later: { icon: CalendarClock, text: "text-info", tone: "info", panel: "border-info bg-info-soft" },
};

export const VerdictBadge = ({ verdict }: { verdict: Verdict }) => {
  const t = useTranslations("eligibility");
  return <Badge tone={LOOKS[verdict].tone}>{t(`verdict.${verdict}`)}</Badge>;
};

/** A clear verdict first, then the reason of every condition with its source, then what to do and that it is free. */
export const Result = ({ result, actions }: { result: EligibilityResult; actions?: ReactNode }) => {
  const t = useTranslations("eligibility");
  const locale = useLocale();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const look = LOOKS[result.verdict];
  const title =
    result.verdict === "later" && result.later_from
      ? t("title.later", { date: formatDate(result.later_from, locale, "from") })
      : t(`title.${result.verdict === "later" ? "perhaps" : result.verdict}`);
  return (
    <section className="flex flex-col gap-5">
      <div className={`flex flex-col gap-2 rounded-card border-l-4 p-4 ${look.panel}`}>
        <h2
          ref={head}
          tabIndex={-1}
          className="flex items-start gap-2 text-lg font-semibold outline-none sm:text-xl"
        >
          <look.icon aria-hidden className={`mt-0.5 size-6 shrink-0 ${look.text}`} />
          {title}
        </h2>
        <p className="measure">{result.next}</p>
        <p className="measure text-sm">{result.free}</p>
      </div>
      <ul className="flex flex-col gap-3" aria-label={t("conditions")}>
        {result.rules.map((rule) => {
          const mark = LOOKS[rule.verdict];
          return (
            <li key={rule.code} className="flex gap-3 rounded-card border border-line bg-surface p-4">
              <mark.icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${mark.text}`} />
              <div className="flex min-w-0 flex-col gap-1">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {rule.title}
                  <span className="sr-only">{t(`verdict.${rule.verdict}`)}</span>
                  {rule.needs_review && <Badge tone="warning">{t("needsReview")}</Badge>}
                </p>
                <p>{rule.reason}</p>
                <p className="text-sm text-muted">
                  {t("source")}:{" "}
                  {rule.sources.map(({ title: name, reference }) => `${name}, ${reference}`).join("; ")}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
      <p className="measure text-sm text-muted">
        {t("noPromise", { date: formatDate(result.on, locale), edition: result.edition })}
      </p>
      {actions && <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">{actions}</div>}
    </section>
  );
};
