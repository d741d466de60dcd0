"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { ListFrame } from "@/components/desk/list-frame";
import { useHints } from "@/lib/realtime";

import { caseTermKeys, caseTermsQuery } from "../queries";
import { NextSteps } from "./next-steps";
import { TermCard } from "./term-card";

/** Terms of one case for staff, the nearest first; kept ones at the end. */
export const CaseTermsPage = ({ caseId, today }: { caseId: string; today: string }) => {
  const t = useTranslations("caseTerms");
  const query = useQuery(caseTermsQuery(caseId));
  useHints(`case:${caseId}`, [caseTermKeys.all(caseId)]);
  const terms = query.data?.items ?? [];
  return (
    <div className="flex max-w-5xl flex-col gap-4 p-4 pb-10">
      <NextSteps caseId={caseId} />
      <ListFrame query={query} count={terms.length} empty={{ title: t("emptyTitle"), text: t("emptyText") }}>
        <ol className="flex flex-col gap-3">
          {terms.map((term) => (
            <TermCard key={term.id} caseId={caseId} term={term} today={today} />
          ))}
        </ol>
      </ListFrame>
    </div>
  );
};
