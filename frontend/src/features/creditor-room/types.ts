import type { components } from "@/api/schema";

export type RoomLetter = components["schemas"]["RoomLetterRow"];
export type RoomLetterDetail = components["schemas"]["RoomLetterDetail"];
export type RoomLetterPage = components["schemas"]["RoomLetterPage"];
export type RoomCounts = components["schemas"]["RoomCounts"];
export type RoomLists = components["schemas"]["RoomLists"];
export type RoomFigures = components["schemas"]["RoomFigures"];
export type RoomPreview = components["schemas"]["RoomPreview"];
export type RoomReport = components["schemas"]["RoomReport"];
export type AnswerInput = components["schemas"]["CreditorAnswerInputRequest"];
export type AnswerKind = components["schemas"]["AnswerKindCode"];
export type RoomTab = components["schemas"]["RoomTabCode"];

export const TABS: readonly RoomTab[] = ["new", "in_work", "answered", "overdue"];
