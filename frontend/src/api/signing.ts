/** Short names for the generated types of signing: rounds, ways to sign, keys, eGov mobile, paper, evidence. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type SigningWay = Schemas["SigningWayMethodEnum"];
export type WayItem = Schemas["SigningWay"];
export type WayList = Schemas["SigningWays"];

export type SignerRole = Schemas["SignerRoleCode"];
export type SigningPerson = Schemas["SigningPerson"];
export type RoundSigner = Schemas["SigningSigner"];
export type PublicName = Schemas["PublicNameCode"];
export type RoundCandidate = Schemas["SigningCandidate"];
export type SigningRound = Schemas["SigningRoundBody"];
export type RoundWish = Schemas["SigningRoundInputRequest"];
export type MySignature = Schemas["MySignature"];

export type EdsWish = Schemas["EdsOptionsBody"];
export type EdsChallenge = Schemas["KeyChallengeBody"];
export type QrOperation = Schemas["QrOperationBody"];

export type EvidencePackage = Schemas["EvidenceBody"];

/** One step of judging a signature, as the library reports it. */
export interface JudgingStep {
  name: string;
  result: "passed" | "failed" | "unknown" | "skipped";
  reason: string;
}
