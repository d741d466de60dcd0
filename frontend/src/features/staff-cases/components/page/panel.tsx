import type { ReactNode } from "react";

interface PanelProps {
  id: string;
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A block of the case page with its own heading. */
export const Panel = ({ id, title, action, children }: PanelProps) => (
  <section
    id={id}
    aria-labelledby={`${id}-title`}
    className="flex scroll-mt-28 flex-col gap-3 rounded-card border border-line bg-surface p-4"
  >
    <div className="flex flex-wrap items-center justify-between gap-2">
      <h2 id={`${id}-title`} className="text-base font-semibold">
        {title}
      </h2>
      {action}
    </div>
    {children}
  </section>
);
