import type { BadgeTone } from "@/components/ui/badge";

const STATUS_TONES: Record<string, BadgeTone> = {
  submitted: "info",
  triage: "info",
  awaiting_borrower: "warning",
  active: "primary",
  suspended: "neutral",
  monitoring: "success",
  closed: "neutral",
  cancelled: "neutral",
  declined: "neutral",
};

export const statusTone = (status: string): BadgeTone => STATUS_TONES[status] ?? "neutral";

export type TermTone = "calm" | "soon" | "over" | "done";

const SOON_DAYS = 7;

/** Colour of a term; the words beside it say the same. */
export const termTone = (daysLeft: number): TermTone => {
  if (daysLeft < 0) return "over";
  return daysLeft <= SOON_DAYS ? "soon" : "calm";
};

export const TERM_BAR: Record<TermTone, string> = {
  calm: "bg-primary",
  soon: "bg-warning",
  over: "bg-danger",
  done: "bg-success",
};

export const TERM_TEXT: Record<TermTone, string> = {
  calm: "text-primary",
  soon: "text-warning",
  over: "text-danger",
  done: "text-success",
};
