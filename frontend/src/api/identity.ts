/** Short names for the generated types of sign-in, second factors, sessions and programs. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type ProofWays = Schemas["ProofWays"];
export type ProofMethod = ProofWays["methods"][number];
export type Proof = Schemas["ProofBody"];
export type PasskeyChallenge = Schemas["PasskeyOptionsBody"];

export type Factor = Schemas["FactorBody"];
export type Factors = Schemas["FactorList"];
export type TotpStart = Schemas["TotpStartBody"];
export type RecoveryCodeList = Schemas["RecoveryCodesBody"];
export type PasskeyAdded = Schemas["PasskeyAddedBody"];

export type OpenSession = Schemas["LiveSessionBody"];
export type OwnProgram = Schemas["OwnProgramBody"];
export type Connection = Schemas["ConnectionBody"];

export type InvitationLook = Schemas["InvitationLook"];

export type ConsentScope = Schemas["AuthorizationScope"];
export type Authorization = Schemas["AuthorizationBody"];
