import { type ReactNode, useId } from "react";

import { cn } from "@/lib/cn";

interface PanelProps {
  title: string;
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A block of a page with its own heading. */
export const Panel = ({ title, action, className, children }: PanelProps) => {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cn("flex min-w-0 flex-col gap-3 rounded-card border border-line bg-surface p-4", className)}
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
};
