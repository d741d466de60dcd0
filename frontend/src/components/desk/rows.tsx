import type { ReactNode } from "react";

import { cn } from "@/lib/cn";
import { Link } from "@/lib/i18n/navigation";

interface RowsProps {
  label: string;
  /** Names of the columns; seen on a wide screen, while a phone shows each row as a card. */
  head?: readonly string[];
  /** Tailwind grid columns from `md` on, the same for the head and every row. */
  columns: string;
  children: ReactNode;
}

const line = "md:grid md:items-center md:gap-4 md:px-4";

/** Rows of a list: a dense grid on a wide screen, cards on a phone, one markup for both. */
export const Rows = ({ label, head, columns, children }: RowsProps) => (
  <div className="md:overflow-hidden md:rounded-card md:border md:border-line md:bg-surface">
    {head && (
      <div
        aria-hidden
        className={cn("hidden border-b border-line py-2 text-xs font-medium text-muted", line, columns)}
      >
        {head.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
    )}
    <ul aria-label={label} className="flex flex-col gap-2 md:gap-0 md:divide-y md:divide-line">
      {children}
    </ul>
  </div>
);

const rowStyles =
  "flex flex-col gap-1.5 rounded-card border border-line bg-surface p-3 md:rounded-none md:border-0 md:py-2.5";

/** A row that opens something. */
export const RowLink = ({
  href,
  columns,
  children,
}: {
  href: string;
  columns: string;
  children: ReactNode;
}) => (
  <li>
    <Link
      href={href}
      prefetch={false}
      className={cn(rowStyles, line, columns, "hover:bg-primary-soft focus-visible:outline-offset-[-3px]")}
    >
      {children}
    </Link>
  </li>
);

/** A row with buttons of its own. */
export const Row = ({ columns, children }: { columns: string; children: ReactNode }) => (
  <li>
    <div className={cn(rowStyles, line, columns)}>{children}</div>
  </li>
);
