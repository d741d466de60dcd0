import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";

import { Link } from "@/lib/i18n/navigation";

interface PageHeadProps {
  title: ReactNode;
  lead?: ReactNode;
  back?: { href: string; label: string };
  actions?: ReactNode;
}

/** The top of a working page: where one is, what it is for, and what can be done. */
export const PageHead = ({ title, lead, back, actions }: PageHeadProps) => (
  <header className="flex flex-col gap-2">
    {back && (
      <Link
        href={back.href}
        prefetch={false}
        className="inline-flex min-h-9 items-center gap-1.5 self-start text-primary hover:underline"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {back.label}
      </Link>
    )}
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
        <h1 className="text-lg font-semibold">{title}</h1>
        {lead && <div className="measure text-muted">{lead}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  </header>
);

/** The width and air of a working page. */
export const Desk = ({ children }: { children: ReactNode }) => (
  <div className="flex w-full max-w-6xl flex-col gap-4 p-4 pb-10">{children}</div>
);
