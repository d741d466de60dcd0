"use client";

import { CircleAlert, CircleCheck, CircleHelp, type LucideIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { TraceList } from "@/components/schedules/trace-list";
import type { LawRate } from "@/components/schedules/types";
import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";

import type { Check } from "../types";

type Tone = "good" | "bad" | "open";

const TONES: Record<string, Tone> = {
  none: "good",
  within: "good",
  bearable: "good",
  above: "bad",
  heavy: "bad",
  nothing_left: "bad",
  late: "open",
};
const MARKS: Record<Tone, { icon: LucideIcon; style: string }> = {
  good: { icon: CircleCheck, style: "text-success" },
  bad: { icon: CircleAlert, style: "text-warning" },
  open: { icon: CircleHelp, style: "text-muted" },
};

/** [К]: a legal statement that a lawyer still has to confirm. */
const ReviewMark = () => {
  const t = useTranslations("caseDebts");
  return (
    <span className="inline-block rounded-sm bg-accent-soft px-1.5 text-xs font-medium whitespace-nowrap text-ink">
      [К] {t("lawyer")}
    </span>
  );
};

const Rate = ({ rate }: { rate: LawRate }) => {
  const t = useTranslations("caseDebts");
  const locale = useLocale();
  const value = locale === "en" ? rate.value : rate.value.replace(".", ",");
  return (
    <li className="flex flex-col">
      <span>
        {rate.label}: <strong className="font-semibold text-ink">{t(`units.${rate.unit}`, { value })}</strong>{" "}
        {rate.needs_review && <ReviewMark />}
      </span>
      <span className="text-muted">
        {rate.source.map(({ title, reference }) => `${title}, ${reference}`).join("; ")}
        {" · "}
        {t("since", { date: formatDate(rate.valid_from, locale, "from") })}
      </span>
    </li>
  );
};

interface CheckCardProps {
  check: Check;
  /** The place of its heading among those of the page. */
  heading: "h2" | "h3" | "h4";
  large?: boolean;
}

/** A verdict first, then why, the figures, the steps and what of the law it rests on. */
export const CheckCard = ({ check, heading: Heading, large = false }: CheckCardProps) => {
  const t = useTranslations("caseDebts");
  const { icon: Icon, style } = MARKS[TONES[check.verdict] ?? "open"];
  return (
    <section
      role="group"
      aria-label={check.title}
      className={cn(
        "flex flex-col gap-2 rounded-card border border-line bg-surface p-3",
        !large && "text-sm",
      )}
    >
      <Heading className="font-medium text-muted">{check.title}</Heading>
      <p className="flex items-start gap-2 font-semibold text-ink">
        <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0", style)} />
        <span>
          {check.verdict_text} {check.needs_review && <ReviewMark />}
        </span>
      </p>
      {check.figures.length > 0 && (
        <dl className="flex flex-wrap gap-x-6 gap-y-1">
          {check.figures.map((figure) => (
            <div key={figure.code}>
              <dt className="text-xs text-muted">{figure.label}</dt>
              <dd className="font-medium text-ink tabular-nums">{figure.text}</dd>
            </div>
          ))}
        </dl>
      )}
      {check.reasons.length > 0 && (
        <ul className="flex list-disc flex-col gap-1 pl-5">
          {check.reasons.map((reason) => (
            <li key={reason.code}>{reason.text}</li>
          ))}
        </ul>
      )}
      <TraceList lines={check.trace} />
      {check.rates.length > 0 && (
        <details>
          <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-primary underline underline-offset-4">
            {t("ground")}
          </summary>
          <ul className="mt-2 flex flex-col gap-2">
            {check.rates.map((rate) => (
              <Rate key={rate.code} rate={rate} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
};
