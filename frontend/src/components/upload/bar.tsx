import { cn } from "@/lib/cn";

interface BarProps {
  label: string;
  /** 0 to 100; null while nobody can say. */
  percent: number | null;
  /** Nothing moves now: on a pause, or without a line. */
  isIdle?: boolean;
}

/** How far something is, as a line in the colours of the product. */
export const Bar = ({ label, percent, isIdle = false }: BarProps) => (
  <div
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={percent ?? undefined}
    className="h-2 overflow-hidden rounded-full bg-line"
  >
    <div
      className={cn(
        "h-full rounded-full bg-primary transition-[width] duration-150 motion-reduce:transition-none",
        percent === null && "w-full motion-safe:animate-pulse",
        isIdle && "bg-muted",
      )}
      style={percent === null ? undefined : { width: `${percent}%` }}
    />
  </div>
);
