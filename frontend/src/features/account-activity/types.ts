import type { components } from "@/api/schema";

export type ActivityEntry = components["schemas"]["SecurityLogEntry"];
