/** The HTTP contract as the screens use it: snake_case, UUID ids, UTC ISO times, ISO dates, money in integer tiyn. */
import type { Locale } from "@/lib/i18n/locales";

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface SessionUser {
  id: string;
  full_name: string;
  masked_phone: string;
  email: string | null;
  language: Locale;
  roles: string[];
  has_iin: boolean;
}

export interface Session {
  authenticated: boolean;
  user: SessionUser | null;
  demo: boolean;
  today: string;
  verify_limit_bytes: number;
}

export interface CodeSent {
  masked_phone: string;
  expires_in_seconds: number;
  resend_after_seconds: number;
}

export type ConsentKind = "personal_data" | "creditor_transfer" | "sms_agreement";

export interface ConsentText {
  kind: ConsentKind;
  version: string;
  language: Locale;
  title: string;
  body: string;
  sha256: string;
  needs_lawyer_review: boolean;
}

export interface Consent {
  kind: ConsentKind;
  version: string;
  accepted_at: string;
}

export interface LawSource {
  title: string;
  reference: string;
}

export interface LawTerm {
  rule: string;
  title: string;
  due: string;
  counted_from: string;
  bound: string;
  bound_label: string;
  explanation: string;
  skipped_days: { date: string; reason: string }[];
  source: LawSource[];
  needs_review: boolean;
  critical: boolean;
  status: "running" | "today" | "passed";
  days_left: number;
}

export interface LawTerms {
  event: string;
  date: string;
  terms: LawTerm[];
}

export interface LawEvent {
  kind: string;
  label: string;
  question: string;
}

export type CreditorType = "BANK" | "MFO" | "COLLECTOR" | "PAWNSHOP" | "CREDIT_PARTNERSHIP" | "SERVICER";

export interface CreditorHit {
  id: string;
  name: string;
  type: CreditorType;
  type_label: string;
  bin: string | null;
  verified: boolean;
}

export interface Draft {
  step: string;
  data: unknown;
  saved_at: string;
}

export interface ObligationInput {
  creditor_id: string | null;
  creditor_name: string;
  creditor_type: CreditorType;
  creditor_bin: string | null;
  contract_number: string;
  contract_date: string;
  original_amount_tiyn: number | null;
  principal_tiyn: number;
  interest_tiyn: number;
  penalty_tiyn: number;
  monthly_payment_tiyn: number | null;
  rate_percent: number | null;
  term_months: number | null;
  overdue_since: string | null;
  overdue_since_source: OverdueSource;
  collateral: string | null;
}

export type OverdueSource = "borrower" | "document" | "lender";

export interface CaseSubmission {
  applicant: { full_name: string; iin: string; email: string | null; address: string; language: Locale };
  obligations: ObligationInput[];
  income: {
    source: string;
    monthly_now_tiyn: number;
    monthly_before_tiyn: number;
    avg12_tiyn: number | null;
    avg2_tiyn: number | null;
    dependents: number;
    disabled_dependents: number;
    targeted_social_aid: boolean;
  };
  assets: [];
  events: { kind: string; date: string; text: string; obligation: number | null }[];
  hardship: { code: string; since: string; text: string };
  relief: {
    kinds: string[];
    defer_months: number | null;
    new_term_months: number | null;
    new_rate_percent: number | null;
    new_payment_tiyn: number | null;
    comment: string | null;
  };
}

export interface NextDeadline {
  title: string;
  due: string;
  days_left: number;
  critical: boolean;
}

export interface PersonRef {
  id: string;
  full_name: string;
}

export interface CaseRow {
  id: string;
  number: string | null;
  status: string;
  status_label: string;
  headline: string;
  urgency: number | null;
  borrower_name: string;
  masked_iin: string;
  creditors: string[];
  total_tiyn: number;
  next_deadline: NextDeadline | null;
  assignee: PersonRef | null;
  created_at: string;
  submitted_at: string | null;
  updated_at: string;
}

export interface Obligation {
  id: string;
  index: number;
  creditor: {
    id: string;
    name: string;
    type: CreditorType;
    verified: boolean;
    has_confirmed_address: boolean;
  };
  contract_number: string;
  contract_date: string;
  principal_tiyn: number;
  interest_tiyn: number;
  penalty_tiyn: number;
  total_tiyn: number;
  overdue_since: string | null;
  overdue_since_source: OverdueSource;
  monthly_payment_tiyn: number | null;
  rate_percent: number | null;
  term_months: number | null;
  collateral: string | null;
}

export interface TrackStep {
  state: string;
  label: string;
  done: boolean;
  current: boolean;
}

export interface Track {
  id: string;
  kind: string;
  kind_label: string;
  state: string;
  state_label: string;
  obligation_id: string | null;
  proposed: boolean;
  steps: TrackStep[];
}

export interface Deadline {
  id: string;
  rule: string;
  title: string;
  obligation_id: string | null;
  start: string;
  due: string;
  days_left: number;
  status: "running" | "today" | "missed" | "met";
  bound: string;
  bound_label: string;
  explanation: string;
  source: LawSource[];
  needs_review: boolean;
  critical: boolean;
}

export interface CaseNow {
  title: string;
  text: string;
  action: {
    kind: "continue_draft" | "sign" | "wait" | "add_facts" | "none";
    document_id: string | null;
    case_id: string | null;
  } | null;
}

export interface CaseDetail extends CaseRow {
  language: Locale;
  applicant: {
    full_name: string;
    masked_iin: string;
    masked_phone: string;
    email: string | null;
    address: string;
  };
  obligations: Obligation[];
  income: CaseSubmission["income"] | null;
  hardship: { code: string; since: string; text: string } | null;
  relief: CaseSubmission["relief"] | null;
  events: { kind: string; date: string; text: string; obligation_id?: string | null; kind_label?: string }[];
  tracks: Track[];
  deadlines: Deadline[];
  now: CaseNow;
  allowed_actions: string[];
  version: number;
}

export interface TimelineEntry {
  id: string;
  at: string;
  kind: string;
  icon: string;
  title: string;
  text: string;
  actor_label: string;
  channel: string | null;
  status: string | null;
  document_id: string | null;
  is_repeat?: boolean;
  internal?: boolean;
}

export type DocumentStatus =
  "preparing" | "ready_to_sign" | "signed" | "sealed" | "sent" | "failed" | "superseded";

export interface DispatchAttempt {
  started_at: string;
  outcome: string;
  is_repeat: boolean;
}

export interface Dispatch {
  id: string;
  channel: "email";
  status: "waiting_address" | "queued" | "sending" | "accepted" | "delivered" | "failed";
  address_masked_or_full: string;
  accepted_at: string | null;
  message_id_header: string;
  attempts: DispatchAttempt[];
  failure: string | null;
  allowed_actions: string[];
}

export interface DocumentRow {
  id: string;
  code: string;
  title: string;
  language: Locale;
  status: DocumentStatus;
  number: string;
  obligation_id: string | null;
  track_id: string | null;
  translation_of: string | null;
  pages: number;
  created_at: string;
  signed_at: string | null;
  needs_signature: boolean;
  allowed_actions: string[];
  summary: string;
  verify_url: string | null;
  dispatch: Dispatch | null;
}

export interface PreviewPage {
  page: number;
  url: string;
  width: number;
  height: number;
}

export interface DocumentDetail extends DocumentRow {
  case_id: string;
  case_number: string;
  sha256: string;
  translations: { id: string; language: Locale }[];
  preview_pages: PreviewPage[];
  text: string;
  creditor_name: string;
}

export interface SignatureRequest {
  id: string;
  status: "pending" | "in_progress" | "signed" | "expired" | "declined" | "failed";
  document_id: string;
  document_number: string;
  masked_phone: string;
  code: { expires_at: string; resend_after_seconds: number; tries_left: number } | null;
  signed_at: string | null;
  verify_url: string | null;
}

export interface VerifyStep {
  code: string;
  label: string;
  ok: boolean;
  detail: string;
}

export interface Verification {
  verdict: "valid" | "invalid" | "unknown";
  document: { kind_label: string; number: string; pages: number } | null;
  signature: {
    signer: string;
    method: string;
    method_label: string;
    signed_at: string;
    text_sha256: string;
  } | null;
  seal: { subject: string; sealed_at: string; valid: boolean } | null;
  sealed_sha256: string | null;
  steps: VerifyStep[];
  file_kind?: "sealed" | "original" | "unknown";
  reason_code?: string | null;
  reason?: string | null;
}
