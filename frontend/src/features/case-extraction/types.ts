import type { components } from "@/api/schema";

export type Readings = components["schemas"]["PaperReadings"];
export type Reading = components["schemas"]["PaperReadingItem"];
export type Finding = components["schemas"]["PaperFindingItem"];
export type FindingValue = components["schemas"]["FindingValue"];
export type ReadingDebt = components["schemas"]["ReadingDebt"];
