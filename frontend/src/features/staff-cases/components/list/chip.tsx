import { ChevronDown, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

import { Popover } from "../popover";

interface ChipProps {
  name: string;
  /** What is chosen, in words; null when the filter is off. */
  chosen: string | null;
  onClear: () => void;
  children: (close: () => void) => ReactNode;
}

/** One filter: a button that opens its choices, and when it is on, says what it holds and can be taken off. */
export const Chip = ({ name, chosen, onClear, children }: ChipProps) => {
  const t = useTranslations("staff.filters");
  const isOn = chosen !== null;
  return (
    <div
      className={cn(
        "flex items-stretch rounded-full border text-sm",
        isOn ? "border-primary bg-primary-soft text-primary" : "border-field-line bg-surface text-text",
      )}
    >
      <Popover
        name={name}
        label={
          <>
            <span className={cn(isOn && "sr-only sm:not-sr-only")}>{isOn ? `${name}:` : name}</span>
            {isOn && <span className="max-w-56 truncate font-medium">{chosen}</span>}
            {!isOn && <ChevronDown aria-hidden className="size-4 text-muted" />}
          </>
        }
        triggerClassName={cn(
          "inline-flex min-h-11 items-center gap-1.5 rounded-full pl-3.5 sm:min-h-9",
          isOn ? "pr-1.5" : "pr-3",
        )}
      >
        {children}
      </Popover>
      {isOn && (
        <button
          type="button"
          aria-label={t("clearOne", { name })}
          onClick={onClear}
          className="flex w-9 items-center justify-center rounded-full hover:bg-surface sm:w-8"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
};
