/** Shapes of signing: rounds of signers, ways to sign, ЭЦП, eGov mobile, paper, evidence. */
export type SigningWay = "sms" | "ncalayer" | "egov_qr" | "paper";

export interface WayItem {
  method: SigningWay;
  is_allowed: boolean;
  reason_code: string;
  reason: string;
}

export interface WayList {
  items: WayItem[];
}

export type SignerRole = "signer" | "approver" | "copy";

export type RequestStatus =
  | "pending"
  | "in_progress"
  | "on_check"
  | "signed"
  | "approved"
  | "copy"
  | "expired"
  | "declined"
  | "failed"
  | "cancelled"
  | "delegated";

export type RoundStatus = "open" | "completed" | "declined" | "expired" | "failed" | "cancelled" | "replaced";

export interface SigningPerson {
  id: string;
  name: string;
}

export interface SignedPaper {
  file_id: string;
  status: "waiting" | "confirmed" | "refused" | "replaced";
  reason: string;
  handed_in_at: string;
}

export interface RoundSigner {
  id: string;
  person: SigningPerson;
  role: SignerRole;
  party_role: string;
  organisation_name: string;
  position: number;
  status: RequestStatus;
  method: string;
  expires_at: string;
  signed_at: string | null;
  reminded_at: string | null;
  reason: string;
  is_me: boolean;
  is_turn: boolean;
  delegated_by: SigningPerson | null;
  paper: SignedPaper | null;
  allowed_actions: string[];
}

export interface SigningDocument {
  id: string;
  number: string;
  title: string;
  sha256: string;
}

export interface RoundCandidate {
  person: SigningPerson;
  party_role: string;
  roles: SignerRole[];
}

export interface SigningRound {
  id: string | null;
  status: RoundStatus | null;
  is_ordered: boolean;
  document: SigningDocument;
  signers: RoundSigner[];
  allowed_actions: string[];
  candidates: RoundCandidate[];
}

export interface MySignature {
  id: string;
  role: SignerRole;
  status: RequestStatus;
  is_turn: boolean;
  created_at: string;
  expires_at: string;
  document: SigningDocument;
  case_id: string;
  principal: SigningPerson | null;
  asked_by: SigningPerson | null;
}

export interface EdsWish {
  document_sha256: string;
  content_url: string;
  nca_params: {
    iin: string | null;
    bin: string | null;
    ext_key_usage_oids: string[];
    chain_any: boolean;
    tsa: boolean;
  };
  ncalayer_url: string;
}

export type QrState = "preparing" | "waiting" | "signed" | "failed" | "expired" | "refused";

export interface QrOperation {
  id: string;
  state: QrState;
  qr_image: string;
  launch_links: { name: string; url: string }[];
  expires_at: string | null;
  code: string;
  detail: string;
}

export interface EdsChallenge {
  id: string;
  text: string;
  data: string;
  expires_at: string;
  ncalayer_url: string;
}

export interface EvidencePackage {
  id: string;
  state: "preparing" | "ready" | "failed";
  progress: number;
  ordered_at: string;
  made_at: string | null;
  size: number | null;
  sha256: string | null;
  url: string | null;
}

/** One step of judging a signature, as the library reports it. */
export interface JudgingStep {
  name: string;
  result: "passed" | "failed" | "unknown" | "skipped";
  reason: string;
}
