import { ChevronDown } from "lucide-react";
import { useId } from "react";

import { cn } from "@/lib/cn";

interface FilterSelectProps {
  label: string;
  /** What the empty choice says, e.g. «все». */
  all: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onValue: (value: string) => void;
}

/** One filter of a list, small, with its name always in sight. */
export const FilterSelect = ({ label, all, value, options, onValue }: FilterSelectProps) => {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1 max-sm:flex-1 max-sm:basis-40">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          className={cn(
            "min-h-11 w-full appearance-none rounded-field border bg-surface py-1 pr-9 pl-3 text-base text-ink sm:min-h-9 sm:text-sm",
            value ? "border-primary bg-primary-soft" : "border-field-line",
          )}
        >
          <option value="">{all}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
        />
      </div>
    </div>
  );
};
