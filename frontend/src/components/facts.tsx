import type { ReactNode } from "react";

export interface Fact {
  label: string;
  value: ReactNode;
}

/** What is known, as pairs of words: one under the other on a phone, side by side where there is room. */
export const Facts = ({ items }: { items: readonly Fact[] }) => (
  <dl className="flex flex-col gap-3 sm:gap-2">
    {items.map(({ label, value }) => (
      <div key={label} className="sm:grid sm:grid-cols-[13rem_minmax(0,1fr)] sm:gap-4">
        <dt className="text-sm text-muted sm:text-base">{label}</dt>
        <dd className="min-w-0 text-ink">{value}</dd>
      </div>
    ))}
  </dl>
);
