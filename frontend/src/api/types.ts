/** Short names for the generated types: the contract itself is `contracts/openapi.yaml`. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export type SessionUser = Schemas["SessionUser"] & {
  full_name_kk: string;
  email_verified: boolean;
  has_password: boolean;
  abilities: string[];
  held_back: "" | "second_factor";
  has_second_factor: boolean;
  is_fresh: boolean;
  phone_changed_at: string | null;
  organisations: { id: string; name: string; kind: string; is_administrator: boolean }[];
  represents: {
    power_id: string;
    principal_id: string;
    principal_name: string;
    scope: string[];
    valid_until: string;
  }[];
  photo_url: string | null;
};
export type Session = Omit<Schemas["SessionBody"], "user"> & {
  user: SessionUser | null;
  viewing: {
    id: string;
    person_name: string;
    staff_name: string;
    reason: string;
    expires_at: string;
  } | null;
  sign_in: { providers: { id: string; name: string }[]; passkeys: boolean; eds: boolean };
};
export type CodeSent = Schemas["CodeSentBody"] & { masked_email?: string };

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
export type CaseRow = Schemas["CaseRow"];
export type CaseDetail = Schemas["CaseDetail"];
export type CaseNow = Schemas["CaseNow"];
export type Obligation = Schemas["CaseObligation"];
export type Track = Schemas["CaseTrack"];
export type TrackStep = Schemas["CaseTrackStep"];
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
export type VerifyStep = Schemas["VerificationStep"];
