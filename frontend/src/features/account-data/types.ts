import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type DataRequestKind = Schemas["DataRequestKindCode"];
export type DataSection = Schemas["DataSection"];
export type DataPreview = Schemas["DataPreview"];
export type DataRequest = Schemas["DataRequestItem"];
