import type { components } from "@/api/schema";

export type FileInfo = components["schemas"]["FileInfo"];
export type FileLink = components["schemas"]["FileLink"];
export type FileText = components["schemas"]["FileTextOut"];
export type TextPage = FileText["pages"][number];
export type LinkForm = components["schemas"]["FileLinkInputRequest"]["form"];

/** A page as the viewer lays it out: its height is known before its picture comes. */
export interface SheetPage {
  page: number;
  width: number;
  height: number;
  url: string;
}
