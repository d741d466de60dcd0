import type { ReactNode } from "react";

interface FactsProps {
  items: readonly { label: string; value: ReactNode }[];
}

/** Names and values side by side; what is not known stands as a dash. */
export const Facts = ({ items }: FactsProps) => (
  <dl className="grid grid-cols-1 gap-x-4 gap-y-1 sm:grid-cols-[minmax(8rem,auto)_1fr] sm:gap-y-1.5">
    {items.map(({ label, value }) => (
      <div key={label} className="contents">
        <dt className="text-muted max-sm:mt-1">{label}</dt>
        <dd className="min-w-0 break-words text-ink">
          {value === "" || value === null || value === undefined ? "—" : value}
        </dd>
      </div>
    ))}
  </dl>
);
