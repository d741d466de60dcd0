import { cn } from "@/lib/cn";

/** Two speech forms that meet under the arc of a shanyrak. */
export const Mark = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 40 40" aria-hidden className={cn("size-9 shrink-0", className)} fill="none">
    <path d="M4 18.5a16 16 0 0 1 32 0" stroke="var(--primary)" strokeWidth="3" strokeLinecap="round" />
    <path
      d="M20 2.5v6.2M9.6 7.4l3.2 5.3M30.4 7.4l-3.2 5.3"
      stroke="var(--primary)"
      strokeWidth="2.2"
      strokeLinecap="round"
    />
    <path
      d="M18.6 19.6v8.9c0 2.2-1.8 4-4 4h-2.9l-4.5 4.1v-4.7A4 4 0 0 1 4.4 28v-2.6a5.8 5.8 0 0 1 5.8-5.8h8.4Z"
      fill="var(--primary)"
    />
    <path
      d="M21.4 19.6v8.9c0 2.2 1.8 4 4 4h2.9l4.5 4.1v-4.7a4 4 0 0 0 2.8-3.9v-2.6a5.8 5.8 0 0 0-5.8-5.8h-8.4Z"
      fill="var(--accent)"
    />
  </svg>
);

interface WordmarkProps {
  className?: string;
  /** Leaves the mark alone on a narrow screen, where the words would push other things away. */
  shrinks?: boolean;
}

export const Wordmark = ({ className, shrinks = false }: WordmarkProps) => (
  <span
    className={cn("inline-flex items-center gap-2 text-lg font-bold whitespace-nowrap text-ink", className)}
  >
    <Mark />
    <span className={shrinks ? "hidden sm:inline" : undefined}>Kenes Hub</span>
  </span>
);
