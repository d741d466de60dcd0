import type { components } from "@/api/schema";

export type OfferTerms = components["schemas"]["OfferTerms"];
export type OfferTermsInput = components["schemas"]["OfferTermsInputRequest"];
export type OfferOutcome = components["schemas"]["OfferOutcome"];
export type OfferScheduleRow = components["schemas"]["OfferScheduleRow"];
export type CreditorAnswer = components["schemas"]["CreditorAnswerRow"];
