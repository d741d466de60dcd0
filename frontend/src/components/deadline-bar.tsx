import { useLocale, useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";

export type DeadlineState = "running" | "today" | "suspended" | "passed" | "missed" | "met";

interface DeadlineBarProps {
  due: string;
  daysLeft: number;
  state: DeadlineState;
  /** Whole length in days, when known: then the line shows how much of it is gone. */
  totalDays?: number;
  /** How much of it is gone, 0 to 1, when the server has told it. */
  share?: number;
  critical?: boolean;
  /** "at_least": nothing is due by the day, something becomes possible only after it. */
  direction?: "at_most" | "at_least";
  size?: "normal" | "dense";
}

const SOON_DAYS = 7;

type Tone = "calm" | "soon" | "over" | "done";

const toneOf = (state: DeadlineState, daysLeft: number, critical: boolean, waits: boolean): Tone => {
  if (waits) return "calm";
  if (state === "met") return "done";
  if (state === "suspended") return "calm";
  if (state === "missed" || state === "passed") return "over";
  return state === "today" || daysLeft <= (critical ? 3 : SOON_DAYS) ? "soon" : "calm";
};

const BAR: Record<Tone, string> = {
  calm: "bg-primary",
  soon: "bg-warning",
  over: "bg-danger",
  done: "bg-success",
};
const TEXT: Record<Tone, string> = {
  calm: "text-primary",
  soon: "text-warning",
  over: "text-danger",
  done: "text-success",
};

/** A term as date, words and a coloured line. The words alone say everything; colour only repeats them. */
export const DeadlineBar = ({
  due,
  daysLeft,
  state,
  totalDays = 30,
  share: told,
  critical = false,
  direction = "at_most",
  size = "normal",
}: DeadlineBarProps) => {
  const t = useTranslations("common.deadline");
  const locale = useLocale();
  const waits = direction === "at_least";
  const tone = toneOf(state, daysLeft, critical, waits);
  const share =
    daysLeft > 0 && (tone === "calm" || tone === "soon")
      ? Math.min(1, Math.max(0.04, told ?? 1 - daysLeft / totalDays))
      : 1;
  const words = () => {
    if (waits) return daysLeft > 0 ? t("wait", { days: daysLeft }) : t("reached");
    if (state === "met") return t("met");
    if (state === "suspended") return t("suspended");
    if (state === "today") return t("today");
    if (daysLeft < 0) return t("passed", { days: -daysLeft });
    return t("left", { days: daysLeft });
  };
  return (
    <div className="flex flex-col gap-1.5">
      <p className={cn("flex flex-wrap items-baseline gap-x-3", size === "dense" && "text-sm")}>
        <time dateTime={due} className={cn("font-semibold text-ink", size === "normal" && "text-lg")}>
          {waits
            ? t("after", { date: formatDate(due, locale, "from") })
            : t("until", { date: formatDate(due, locale, "until") })}
        </time>
        <span className={cn("font-medium", TEXT[tone])}>{words()}</span>
      </p>
      <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-line">
        <div
          className={cn("h-full rounded-full", BAR[tone])}
          style={{ width: `${Math.round(share * 100)}%` }}
        />
      </div>
    </div>
  );
};
