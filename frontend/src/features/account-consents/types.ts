import type { components } from "@/api/schema";

export type GivenConsent = components["schemas"]["ConsentItem"];
