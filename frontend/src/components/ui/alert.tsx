import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

const TONES = {
  info: { icon: Info, box: "bg-info-soft", mark: "text-info" },
  success: { icon: CircleCheck, box: "bg-success-soft", mark: "text-success" },
  warning: { icon: TriangleAlert, box: "bg-warning-soft", mark: "text-warning" },
  danger: { icon: CircleAlert, box: "bg-danger-soft", mark: "text-danger" },
};

interface AlertProps {
  tone: keyof typeof TONES;
  title?: string;
  /** Set when it appears in answer to an action, so that it is read out. */
  live?: boolean;
  className?: string;
  children?: ReactNode;
}

export const Alert = ({ tone, title, live = false, className, children }: AlertProps) => {
  const { icon: Icon, box, mark } = TONES[tone];
  return (
    <div role={live ? "alert" : undefined} className={cn("flex gap-3 rounded-card p-4", box, className)}>
      <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0", mark)} />
      <div className="flex min-w-0 flex-1 flex-col gap-1 text-ink">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
};
