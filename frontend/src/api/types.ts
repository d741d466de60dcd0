/** Short names for the generated types: the contract itself is `contracts/openapi.yaml`. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export type Session = Schemas["SessionBody"];
export type SessionUser = Schemas["SessionUser"];
export type CodeSent = Schemas["CodeSentBody"];

export type ConsentKind = Schemas["ConsentKindCode"];
export type ConsentText = Schemas["ConsentTextBody"];
export type Consent = Schemas["ConsentItem"];

export type LawSource = Schemas["LawSource"];
export type LawTerm = Schemas["TermRow"];
export type LawTerms = Schemas["TermList"];
export type LawEvent = Schemas["EventKindRow"];

export type CreditorType = Schemas["CreditorTypeCode"];
export type CreditorHit = Schemas["CreditorItem"];

export type Draft = Schemas["CaseDraftDetail"];
export type CaseSubmission = Schemas["CaseSubmissionRequest"];
export type ObligationInput = Schemas["ObligationInputRequest"];
export type OverdueSource = Schemas["OverdueSinceSourceEnum"];

export type PersonRef = Schemas["PersonRef"];
export type NextDeadline = Schemas["CaseNextDeadline"];
export type CaseRow = Schemas["CaseListRow"];
export type CaseDetail = Schemas["CaseDetail"];
export type CaseNow = Schemas["CaseNow"];
export type Obligation = Schemas["CaseObligation"];
export type Deadline = Schemas["CaseDeadlineItem"];
export type TimelineEntry = Schemas["CaseTimelineItem"];

export type DocumentStatus = Schemas["DocumentStatusCode"];
export type DocumentRow = Schemas["DocumentRow"];
export type DocumentDetail = Schemas["DocumentDetail"];
export type PreviewPage = Schemas["DocumentPreviewPage"];
export type Dispatch = Schemas["DispatchDetail"];
export type DispatchAttempt = Schemas["DispatchAttempt"];

export type SignatureRequest = Schemas["SignatureRequestBody"];

export type Verification = Schemas["VerificationBody"];
export type VerifiedSignature = Schemas["VerifiedSignature"];
export type SignatureCheck = Schemas["SignatureCheckBody"];
export type CheckedSigner = Schemas["CheckedSigner"];
export type CheckedStep = Schemas["CheckedStep"];
export type SealAuthorities = Schemas["SealAuthorityList"];
export type CheckedEvidence = Schemas["CheckedEvidence"];
