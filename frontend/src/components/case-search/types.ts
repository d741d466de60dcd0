import type { components } from "@/api/schema";
import type { Page } from "@/api/types";

export type SearchFound = components["schemas"]["SearchFound"];
export type SearchAssumed = components["schemas"]["SearchAssumed"];
export type CaseSearchRow = components["schemas"]["CaseSearchRow"];
/** What a search says beyond its rows; a plain list has none of it. */
export type SearchPage<Row> = Page<Row> & { assumed?: SearchAssumed[]; tried?: string[] };

/** Where it was found, of a row of a search; a row of a plain list has none. */
export const foundIn = (row: object): readonly SearchFound[] =>
  "found_in" in row && Array.isArray(row.found_in) ? (row.found_in as SearchFound[]) : [];

/** A quotation as plain text. */
export const quoteText = ({ quote }: SearchFound): string => quote.map(({ text }) => text).join("");
