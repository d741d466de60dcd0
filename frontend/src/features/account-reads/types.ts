import type { components } from "@/api/schema";

export type DataRead = components["schemas"]["DataReadItem"];
