import type { ReactNode } from "react";

/** Heading of one part of the account; the text under it says what the part is for. */
export const AccountPage = ({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) => (
  <div className="flex max-w-3xl flex-col gap-5">
    <div className="flex flex-col gap-2">
      <h1 className="text-xl font-bold sm:text-2xl">{title}</h1>
      {lead && <p className="measure text-text">{lead}</p>}
    </div>
    {children}
  </div>
);
