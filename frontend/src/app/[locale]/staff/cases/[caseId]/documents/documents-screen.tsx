"use client";

import { useQuery } from "@tanstack/react-query";

import { DocumentSigning } from "@/app/[locale]/document-signing";
import { Loaded } from "@/components/loaded";
import { debtChoices } from "@/features/case-parties/debt-choices";
import { Interview } from "@/features/document-interview/components/interview";
import { KindsList } from "@/features/document-interview/components/kinds-list";
import { OfferedSet } from "@/features/document-interview/components/offered-set";
import { OpenDrafts } from "@/features/document-interview/components/open-drafts";
import { interviewKeys } from "@/features/document-interview/queries";
import { DocumentView } from "@/features/documents/components/document-view";
import { PublicName } from "@/features/signers/components/public-name";
import { SignLink } from "@/features/signers/components/sign-link";
import { DocumentsPanel } from "@/features/staff-cases/components/page/documents-panel";
import { staffCaseQuery } from "@/features/staff-cases/queries";
import { useHints } from "@/lib/realtime";

const useDebts = (caseId: string) => debtChoices(useQuery(staffCaseQuery(caseId)).data?.obligations ?? []);

const placeOf = (caseId: string) => `/staff/cases/${caseId}/documents`;

const placesOf = (caseId: string) => ({
  documents: placeOf(caseId),
  document: (documentId: string) => `${placeOf(caseId)}/${documentId}`,
});

/** What waits for answers, the letters of the case, and what else can be made of it. */
export const StaffDocumentsScreen = ({ caseId }: { caseId: string }) => {
  const detail = useQuery(staffCaseQuery(caseId));
  const debts = useDebts(caseId);
  useHints(`case:${caseId}`, [interviewKeys.all]);
  const shared = { caseId, debts, documentsHref: placeOf(caseId) };
  return (
    <div className="flex flex-col gap-5 p-4">
      <OpenDrafts {...shared} />
      <Loaded query={detail}>{(found) => <DocumentsPanel detail={found} />}</Loaded>
      <OfferedSet caseId={caseId} places={placesOf(caseId)} debts={debts} />
      <KindsList {...shared} />
    </div>
  );
};

export const StaffInterviewScreen = ({ caseId, draftId }: { caseId: string; draftId: string }) => (
  <div className="p-4">
    <Interview draftId={draftId} debts={useDebts(caseId)} places={placesOf(caseId)} />
  </div>
);

export const StaffDocumentScreen = ({ caseId, documentId }: { caseId: string; documentId: string }) => (
  <div className="p-4">
    <DocumentView
      documentId={documentId}
      caseHref={placeOf(caseId)}
      documentsBase={placeOf(caseId)}
      signLink={<SignLink documentId={documentId} />}
      publicName={<PublicName documentId={documentId} />}
    >
      <DocumentSigning documentId={documentId} />
    </DocumentView>
  </div>
);
