import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

const badgeStyles = cva(
  "inline-flex max-w-full items-center gap-1 rounded-full px-2.5 py-0.5 text-sm font-medium",
  {
    variants: {
      tone: {
        neutral: "bg-canvas text-text ring-1 ring-line ring-inset",
        primary: "bg-primary-soft text-primary",
        success: "bg-success-soft text-success",
        warning: "bg-warning-soft text-warning",
        danger: "bg-danger-soft text-danger",
        info: "bg-info-soft text-info",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof badgeStyles>["tone"]>;

export const Badge = ({
  tone,
  className,
  children,
}: {
  tone?: BadgeTone;
  className?: string;
  children: ReactNode;
}) => <span className={cn(badgeStyles({ tone }), className)}>{children}</span>;
