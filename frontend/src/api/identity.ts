/** Short names for the generated types of sign-in, second factors, sessions and programs. */
export type ProofMethod = "password" | "totp" | "passkey" | "code";
export interface ProofWays {
  methods: ProofMethod[];
  code_to: string | null;
}
export interface Proof {
  fresh_until: string;
}
export interface PasskeyChallenge {
  options: Record<string, unknown>;
}

export type FactorKind = "totp" | "passkey" | "recovery_codes";
export interface Factor {
  id: string;
  kind: FactorKind;
  name: string;
  created_at: string;
  last_used_at: string | null;
  codes_left: number | null;
}
export interface Factors {
  items: Factor[];
  required: boolean;
}
export interface TotpStart {
  secret: string;
  otpauth_url: string;
  qr_svg: string;
}
export interface RecoveryCodeList {
  recovery_codes: string[];
}
export interface PasskeyAdded {
  item: Factor;
  recovery_codes: string[] | null;
}

export interface OpenSession {
  id: string;
  kind: "browser" | "app";
  device: string;
  ip: string;
  created_at: string;
  last_seen_at: string;
  is_current: boolean;
}
export interface OwnProgram {
  id: string;
  name: string;
  scopes: { code: string; label: string; explanation: string }[];
  granted_at: string;
  last_used_at: string | null;
}
export interface Connection {
  id: string;
  provider: string;
  provider_name: string;
  label: string;
  connected_at: string;
}

export interface InvitationLook {
  masked_email: string;
  full_name: string;
  organisation_name: string | null;
  role_labels: string[];
  expires_at: string;
}

export interface ConsentScope {
  code: string;
  label: string;
  explanation: string;
  new: boolean;
}
export interface Authorization {
  client: { name: string; organisation_name: string | null };
  scopes: ConsentScope[];
  account: { full_name: string };
}
