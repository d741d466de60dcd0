import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

/** The line that opens what is folded in its `<details>`: the arrow says that there is more. */
export const FoldSummary = ({ className, children }: { className?: string; children: ReactNode }) => (
  <summary
    className={cn("flex min-h-11 cursor-pointer items-center gap-1 font-medium text-primary", className)}
  >
    <ChevronRight
      aria-hidden
      className="size-5 shrink-0 transition-transform duration-150 [details[open]>summary>&]:rotate-90"
    />
    {children}
  </summary>
);
