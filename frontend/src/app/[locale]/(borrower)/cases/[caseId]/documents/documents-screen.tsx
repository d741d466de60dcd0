"use client";

import { useQuery } from "@tanstack/react-query";

import { debtChoices } from "@/features/case-parties/debt-choices";
import { caseDetailQuery } from "@/features/cases/queries";
import { Interview } from "@/features/document-interview/components/interview";
import { KindsList } from "@/features/document-interview/components/kinds-list";
import { OfferedSet } from "@/features/document-interview/components/offered-set";
import { OpenDrafts } from "@/features/document-interview/components/open-drafts";
import { interviewKeys } from "@/features/document-interview/queries";
import { DocumentList } from "@/features/documents/components/document-list";
import { useHints } from "@/lib/realtime";

const useDebts = (caseId: string) => debtChoices(useQuery(caseDetailQuery(caseId)).data?.obligations ?? []);

const placeOf = (caseId: string) => `/cases/${caseId}/documents`;

const placesOf = (caseId: string) => ({
  documents: placeOf(caseId),
  document: (documentId: string) => `/documents/${documentId}`,
});

/** What waits for answers, the papers of the case, and what else can be made of it. */
export const DocumentsScreen = ({ caseId }: { caseId: string }) => {
  const debts = useDebts(caseId);
  useHints(`case:${caseId}`, [interviewKeys.all]);
  const shared = { caseId, debts, documentsHref: placeOf(caseId) };
  return (
    <div className="flex flex-col gap-6">
      <OpenDrafts {...shared} />
      <DocumentList caseId={caseId} debts={debts} />
      <OfferedSet caseId={caseId} places={placesOf(caseId)} debts={debts} />
      <KindsList {...shared} />
    </div>
  );
};

export const InterviewScreen = ({ caseId, draftId }: { caseId: string; draftId: string }) => (
  <Interview heading="h1" draftId={draftId} debts={useDebts(caseId)} places={placesOf(caseId)} />
);
