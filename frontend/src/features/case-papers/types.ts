import type { components } from "@/api/schema";

export type CasePaper = components["schemas"]["CasePaper"];
