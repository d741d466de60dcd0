import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type PowerScope = Schemas["PowerScopeCode"];
export type Power = Schemas["Power"];
export type OwnPowers = Schemas["OwnPowers"];
export type PowerInput = Schemas["PowerInputRequest"];
