import type { components } from "@/api/schema";

export type RecordedConsent = components["schemas"]["RecordedConsentItem"];
export type GivenConsent = components["schemas"]["ConsentItem"];
