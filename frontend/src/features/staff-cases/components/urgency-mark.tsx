import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { codeIn } from "@/lib/story-codes";

import { URGENCIES } from "../codes";

const BARS = [4, 3, 2, 1];

const COLOURS: Record<string, string> = {
  "1": "bg-danger",
  "2": "bg-warning",
  "3": "bg-primary",
  "4": "bg-field-line",
};
const TEXT: Record<string, string> = { "1": "text-danger font-medium", "2": "text-warning font-medium" };

interface UrgencyMarkProps {
  urgency: number;
  /** Where there is no room the words may be left to screen readers and the title. */
  labelClassName?: string;
}

/** Urgency as rising bars and always in words. */
export const UrgencyMark = ({ urgency, labelClassName }: UrgencyMarkProps) => {
  const t = useTranslations("staff.urgency");
  const code = codeIn(URGENCIES, String(urgency));
  if (!code) return null;
  return (
    <span
      title={t(code)}
      className={cn("inline-flex items-center gap-1.5 text-sm whitespace-nowrap", TEXT[code])}
    >
      <span aria-hidden className="flex h-3.5 items-end gap-0.5">
        {BARS.toReversed().map((bar) => (
          <span
            key={bar}
            className={cn("w-1 rounded-full", bar <= 5 - Number(code) ? COLOURS[code] : "bg-line")}
            style={{ height: `${bar * 25}%` }}
          />
        ))}
      </span>
      <span className={labelClassName}>{t(code)}</span>
    </span>
  );
};
