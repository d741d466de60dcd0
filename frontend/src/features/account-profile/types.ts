import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Profile = Schemas["OwnProfile"];
export type ProfilePaper = Schemas["ProfilePaper"];
export type PaperInput = Schemas["ProfilePaperInputRequest"];
export type ProfileChanges = Omit<Schemas["PatchedOwnProfileInputRequest"], "version">;
