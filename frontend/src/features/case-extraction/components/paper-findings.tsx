"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { useHints } from "@/lib/realtime";

import { readingKeys, readingsQuery } from "../queries";
import { openOf } from "../shown";
import { ReadingCard } from "./reading-card";

/** What was found in uploaded papers, for a person's word. Nothing where nothing was read; the case is there without it. */
export const PaperFindings = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseExtraction");
  useHints(`case:${caseId}`, [readingKeys.case(caseId)]);
  const { data } = useQuery(readingsQuery(caseId));
  const shown = data?.items.filter(({ kind, findings }) => kind !== "" || findings.length > 0) ?? [];
  if (!data || shown.length === 0) return null;
  const canDecide = data.allowed_actions.includes("decide");
  const open = shown.reduce((count, reading) => count + openOf(reading).length, 0);
  return (
    <section id="findings" aria-labelledby="findings-title" className="flex scroll-mt-28 flex-col gap-3">
      <div className="flex flex-col gap-1">
        <h2 id="findings-title" className="text-lg font-semibold">
          {t("title")}
        </h2>
        <p className="measure text-sm text-muted">
          {open > 0 ? t(canDecide ? "lead" : "leadReader", { count: open }) : t("none")}
        </p>
      </div>
      {shown.map((reading) => (
        <ReadingCard
          key={reading.id}
          caseId={caseId}
          reading={reading}
          debts={data.debts}
          canDecide={canDecide}
        />
      ))}
    </section>
  );
};
