/** Shapes of signing: rounds of signers, ways to sign, ЭЦП, eGov mobile, paper, evidence. */
import type { SignatureRequest } from "./types";

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

export type RequestStatus = SignatureRequest["status"];

export interface RoundSigner {
  id: string;
  person: { id: string; name: string };
  role: SignerRole;
  position: number;
  status: RequestStatus;
  method: string | null;
  expires_at: string | null;
  signed_at: string | null;
  reminded_at: string | null;
  is_me: boolean;
  is_turn: boolean;
  delegated_by: { id: string; name: string } | null;
  allowed_actions: string[];
}

export interface SigningRound {
  id: string | null;
  status: string;
  is_ordered: boolean;
  document: { id: string; number: string; title: string; sha256: string | null };
  signers: RoundSigner[];
  allowed_actions: string[];
  candidates: { person: { id: string; name: string }; party_role: string }[];
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
  url: string | null;
}

/** One step of judging a signature, as the library reports it. */
export interface JudgingStep {
  name: string;
  result: "passed" | "failed" | "unknown" | "skipped";
  reason: string;
}
