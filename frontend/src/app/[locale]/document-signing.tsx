"use client";

import { useQuery } from "@tanstack/react-query";

import { documentKeys, documentQuery } from "@/features/documents/queries";
import { EvidencePanel } from "@/features/evidence/components/evidence-panel";
import { SignersPanel } from "@/features/signers/components/signers-panel";
import { signersKeys } from "@/features/signers/queries";
import { useHints } from "@/lib/realtime";

const SEALED = ["sealed", "sent"];

/** Who signs a document, and what proves it afterwards: the same for the borrower and for staff. */
export const DocumentSigning = ({ documentId }: { documentId: string }) => {
  const { data: document } = useQuery(documentQuery(documentId));
  useHints(document ? `case:${document.case_id}` : null, [documentKeys.all, signersKeys.round(documentId)]);
  // A translation and what needs no signature go round to nobody.
  if (!document?.needs_signature || document.translation_of) return null;
  return (
    <>
      {document.status !== "preparing" && document.status !== "failed" && (
        <SignersPanel
          documentId={documentId}
          pages={document.preview_pages}
          hasOwnLink={document.allowed_actions.includes("sign")}
        />
      )}
      {SEALED.includes(document.status) && <EvidencePanel documentId={documentId} />}
    </>
  );
};
