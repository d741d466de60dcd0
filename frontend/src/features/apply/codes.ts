import { HARDSHIPS, RELIEF_KINDS } from "@/lib/story-codes";

/** Codes of the API that the person chooses from; their labels stand in the catalogue under `apply`. */
export const EVENT_KINDS = [
  "INSCRIPTION_RECEIVED",
  "REFUSED",
  "NO_REPLY",
  "APPLICATION_RECEIVED",
  "COLLECTOR_CONTACT",
  "ASSIGNMENT",
  "COURT_DATE",
  "PROPERTY_ARREST",
  "LAST_PAYMENT",
  "SOCIAL_AID_GRANTED",
] as const;

export type HardshipCode = (typeof HARDSHIPS)[number];
export type ReliefKind = (typeof RELIEF_KINDS)[number];
export type EventKind = (typeof EVENT_KINDS)[number];

export const isEventKind = (value: string): value is EventKind => EVENT_KINDS.some((kind) => kind === value);
export const isReliefKind = (value: string): value is ReliefKind =>
  RELIEF_KINDS.some((kind) => kind === value);
export const isHardshipCode = (value: string): value is HardshipCode =>
  HARDSHIPS.some((code) => code === value);

/** Events that lie ahead: their day may be in the future. */
export const FUTURE_EVENTS: ReadonlySet<string> = new Set<EventKind>(["COURT_DATE"]);
