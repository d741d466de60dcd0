/** Short names for the generated types of sign-in, second factors, sessions and programs. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type ProofMethod = "password" | "totp" | "passkey" | "code";
export interface ProofWays {
  methods: ProofMethod[];
  code_to: string | null;
}
export interface Proof {
  fresh_until: string;
}
export type PasskeyChallenge = Schemas["PasskeyOptionsBody"];

export type Factor = Schemas["FactorBody"];
export type Factors = Schemas["FactorList"];
export type TotpStart = Schemas["TotpStartBody"];
export type RecoveryCodeList = Schemas["RecoveryCodesBody"];
export type PasskeyAdded = Schemas["PasskeyAddedBody"];

export interface OpenSession {
  id: number;
  kind: "browser" | "app";
  device: string;
  ip: string;
  created_at: string;
  last_seen_at: string;
  is_current: boolean;
}
export type OwnProgram = Schemas["OwnProgramBody"];
export type Connection = Schemas["ConnectionBody"];

export type InvitationLook = Schemas["InvitationLook"];

export type ConsentScope = Schemas["AuthorizationScope"];
export type Authorization = Schemas["AuthorizationBody"];
