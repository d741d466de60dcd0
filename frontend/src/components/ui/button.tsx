import { Slot } from "@radix-ui/react-slot";
import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";

import { cn } from "@/lib/cn";

export const buttonStyles = cva(
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-field border px-4 text-center font-medium transition-colors duration-150 select-none disabled:opacity-60",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-primary text-on-primary hover:bg-primary-hover",
        secondary: "border-field-line bg-surface text-ink hover:bg-primary-soft",
        quiet: "border-transparent bg-transparent text-primary hover:bg-primary-soft",
        danger: "border-transparent bg-danger text-on-danger hover:bg-danger-hover",
      },
      size: {
        large: "min-h-12 px-5 py-2.5 text-base",
        normal: "py-2 text-base",
        dense: "min-h-9 px-3 py-1 text-sm pointer-coarse:min-h-11",
      },
      block: { true: "w-full", false: "" },
    },
    defaultVariants: { variant: "primary", size: "normal", block: false },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyles> {
  asChild?: boolean;
  /** Work is under way: the button keeps its place and name, shows it, and takes no second press. */
  busy?: boolean;
}

export const Button = ({
  variant,
  size,
  block,
  asChild = false,
  busy = false,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) => {
  const styles = cn(buttonStyles({ variant, size, block }), className);
  if (asChild) {
    return (
      <Slot className={styles} onClick={onClick} {...rest}>
        {children}
      </Slot>
    );
  }
  return (
    <button
      type={type}
      className={cn(styles, busy && "cursor-progress")}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {busy && <LoaderCircle aria-hidden className="size-5 animate-spin" />}
      {children}
    </button>
  );
};
