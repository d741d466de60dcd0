import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Claim = Schemas["DuplicateBody"];
export type AccountRow = Claim["holder"];
export type MergePreview = Schemas["MergePreviewBody"];
