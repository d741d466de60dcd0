"use client";

import { useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";

import type { DataRequestKind, DataSection } from "../types";

const COLUMNS = {
  export: ["given"],
  erasure: ["erased", "masked", "kept"],
} as const satisfies Record<DataRequestKind, readonly (keyof DataSection)[]>;

const Ground = ({ section }: { section: DataSection }) => {
  const t = useTranslations("dataRequests.preview");
  if (!section.ground) return null;
  return (
    <p className="measure text-sm text-muted">
      {t("ground", { ground: section.ground })}{" "}
      {section.ground_needs_lawyer_review && <Badge tone="warning">{t("needsReview")}</Badge>}
    </p>
  );
};

/**
 * What is given, or erased, hidden and kept, part by part. On a phone each part is a small block of its own; the roles
 * keep it a table for screen readers, which a changed `display` would take away.
 */
export const PreviewTable = ({
  kind,
  sections,
}: {
  kind: DataRequestKind;
  sections: readonly DataSection[];
}) => {
  const t = useTranslations("dataRequests.preview");
  const columns = COLUMNS[kind];
  const shown = sections.filter((section) => columns.some((column) => section[column] > 0));
  if (shown.length === 0) return <p className="text-muted">{t("empty")}</p>;
  return (
    <table role="table" className="block w-full border-collapse text-left sm:table">
      <caption className="sr-only">{t(kind === "export" ? "captionCopy" : "captionErasure")}</caption>
      <thead role="rowgroup" className="sr-only sm:not-sr-only sm:table-header-group">
        <tr role="row" className="sm:table-row">
          <th role="columnheader" scope="col" className="py-2 pr-3 text-sm font-medium text-muted">
            {t("section")}
          </th>
          {columns.map((column) => (
            <th
              key={column}
              role="columnheader"
              scope="col"
              className="px-3 py-2 text-right text-sm font-medium text-muted last:pr-0"
            >
              {t(`columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block sm:table-row-group">
        {shown.map((section) => (
          <tr key={section.code} role="row" className="block border-t border-line py-3 sm:table-row sm:py-0">
            <th
              role="rowheader"
              scope="row"
              className="block font-normal text-ink sm:table-cell sm:py-2.5 sm:pr-3 sm:align-top"
            >
              <span className="font-medium">{section.label}</span>
              <Ground section={section} />
            </th>
            {columns.map((column) => (
              <td
                key={column}
                role="cell"
                className={cn(
                  "flex justify-between gap-4 tabular-nums sm:table-cell sm:px-3 sm:py-2.5 sm:text-right sm:align-top sm:last:pr-0",
                  section[column] === 0 && "text-muted max-sm:hidden",
                )}
              >
                <span aria-hidden className="text-muted sm:hidden">
                  {t(`columns.${column}`)}
                </span>
                {section[column]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
