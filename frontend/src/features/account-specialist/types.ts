import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type SpecialistKind = Schemas["SpecialistKindCode"];
export type Specialist = Schemas["Specialist"];
export type Specialisation = Schemas["SpecialisationItem"];
export type OwnSpecialists = Schemas["OwnSpecialists"];
export type SpecialistInput = Schemas["SpecialistInputRequest"];
