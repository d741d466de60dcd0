"use client";

import { useTranslations } from "next-intl";

import { LawyerMark } from "@/components/desk/lawyer-mark";

import type { DataRequest } from "../types";

const OF_KIND = {
  export: ["given"],
  erasure: ["erased", "masked", "kept"],
} as const;

/** What the request gives, or erases and keeps, with the ground for what stays. Counts only, no data. */
export const PreviewTable = ({ request }: { request: DataRequest }) => {
  const t = useTranslations("staffDataRequests.preview");
  const columns = OF_KIND[request.kind];
  const sections = request.preview.sections.filter((section) =>
    columns.some((column) => section[column] > 0),
  );
  if (sections.length === 0) return <p className="text-muted">{t("nothing")}</p>;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <caption className="sr-only">{t("caption")}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            <th scope="col" className="py-1.5 pr-3 font-medium">
              {t("section")}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="px-2 py-1.5 text-right font-medium">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sections.map((section) => (
            <tr key={section.code} className="border-b border-line align-top last:border-b-0">
              <th scope="row" className="py-1.5 pr-3 font-normal text-ink">
                {section.label}
                {section.ground && (
                  <span className="measure block text-xs text-muted">
                    {section.ground} {section.ground_needs_lawyer_review && <LawyerMark />}
                  </span>
                )}
              </th>
              {columns.map((column) => (
                <td key={column} className="px-2 py-1.5 text-right text-ink">
                  {section[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
