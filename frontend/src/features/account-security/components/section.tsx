import type { ReactNode } from "react";

import { Card } from "@/components/ui/card";

/** One topic of the page: a heading, what it is for, its rows. */
export const Section = ({
  id,
  title,
  lead,
  children,
}: {
  id: string;
  title: string;
  lead?: string;
  children: ReactNode;
}) => (
  <Card aria-labelledby={id} className="flex flex-col gap-4">
    <div className="flex flex-col gap-1">
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      {lead && <p className="measure text-muted">{lead}</p>}
    </div>
    {children}
  </Card>
);

export const RowList = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul aria-label={label} className="flex flex-col divide-y divide-line">
    {children}
  </ul>
);

/** Name and value on the left, what can be done on the right; under each other on a phone. */
export const RowItem = ({
  icon,
  title,
  mark,
  children,
  actions,
}: {
  icon?: ReactNode;
  title: ReactNode;
  mark?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) => (
  <li className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0 sm:flex-row sm:items-center sm:justify-between sm:gap-4">
    <div className="flex min-w-0 gap-3">
      {icon && (
        <span aria-hidden className="mt-0.5 shrink-0 text-muted">
          {icon}
        </span>
      )}
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-ink">
          <span className="min-w-0 break-words">{title}</span>
          {mark}
        </p>
        {children && <div className="text-sm text-muted">{children}</div>}
      </div>
    </div>
    {actions && <div className="flex shrink-0 flex-wrap gap-2 sm:justify-end">{actions}</div>}
  </li>
);
