import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Program = Schemas["ProgramBody"];
export type ProgramRegistered = Schemas["ProgramRegisteredBody"];
export type Scope = Schemas["ScopeBody"];

export const KINDS = ["confidential", "public"] as const satisfies readonly Program["kind"][];

export const GRANTS = [
  "authorization_code",
  "refresh_token",
  "client_credentials",
] as const satisfies readonly Program["grants"][number][];
