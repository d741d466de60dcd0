import { Check } from "lucide-react";

import { cn } from "@/lib/cn";

export interface StepperItem {
  key: string;
  label: string;
  state: "done" | "current" | "coming";
}

/** The way of one procedure from top to bottom: what is done, where it stands, what follows. */
export const Stepper = ({
  items,
  labels,
}: {
  items: readonly StepperItem[];
  labels: Record<StepperItem["state"], string>;
}) => (
  <ol className="flex flex-col">
    {items.map((item, index) => (
      <li
        key={item.key}
        aria-current={item.state === "current" ? "step" : undefined}
        className="relative flex gap-3 pb-4 last:pb-0"
      >
        {index < items.length - 1 && (
          <span
            aria-hidden
            className={cn(
              "absolute top-6 bottom-0 left-[11px] w-0.5",
              item.state === "done" ? "bg-primary" : "bg-line",
            )}
          />
        )}
        <span
          aria-hidden
          className={cn(
            "flex size-6 shrink-0 items-center justify-center rounded-full border-2",
            item.state === "done" && "border-primary bg-primary text-on-primary",
            item.state === "current" && "border-primary bg-surface",
            item.state === "coming" && "border-line bg-surface",
          )}
        >
          {item.state === "done" && <Check className="size-4" strokeWidth={3} />}
          {item.state === "current" && <span className="size-2.5 rounded-full bg-primary" />}
        </span>
        <span
          className={cn(
            item.state === "current" && "font-semibold text-ink",
            item.state === "coming" && "text-muted",
          )}
        >
          <span className="sr-only">{labels[item.state]}: </span>
          {item.label}
        </span>
      </li>
    ))}
  </ol>
);
