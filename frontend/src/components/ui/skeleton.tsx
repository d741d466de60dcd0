import { cn } from "@/lib/cn";

/** A grey shape of what is coming; the words for screen readers stand once, in `Loading`. */
export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={cn("animate-pulse rounded-field bg-line", className)} />
);

export const Loading = ({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: React.ReactNode;
}) => (
  <div role="status" className={className}>
    <span className="sr-only">{label}</span>
    {children}
  </div>
);
