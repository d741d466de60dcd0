import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type DataRequest = Schemas["StaffDataRequestItem"];
export type DataSection = DataRequest["preview"]["sections"][number];

export const KINDS = ["export", "erasure"] as const satisfies readonly DataRequest["kind"][];

export const STATUSES = [
  "requested",
  "approved",
  "running",
  "done",
  "refused",
  "cancelled",
  "failed",
] as const satisfies readonly DataRequest["status"][];
