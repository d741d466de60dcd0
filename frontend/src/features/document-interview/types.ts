import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type KindRow = Schemas["KindRow"];
export type DraftRow = Schemas["DraftRow"];
export type DraftDetail = Schemas["DraftDetail"];
export type DraftField = Schemas["DraftField"];
export type DraftColumn = Schemas["DraftColumn"];
export type AnswerType = Schemas["AnswerTypeEnum"];
export type SetItem = Schemas["DocumentSetItem"];
export type DocumentDetail = Schemas["DocumentDetail"];

/** A debt that a document can be about, named by its lender and contract. */
export interface DebtChoice {
  id: string;
  label: string;
}

/** Where the pages of the reader stand: a borrower and staff have their own. */
export interface Places {
  /** The documents of the case. */
  documents: string;
  /** One document. */
  document: (documentId: string) => string;
}
