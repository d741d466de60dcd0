import type { StaffCase } from "./types";

/** Restructuring can be opened without a proposal too: a manager may know better than the rules. */
const ALWAYS = "RESTRUCTURING";

/** Kinds of procedures that can be opened now: proposed ones that the platform runs, and letters for debts without one. */
export const openableKinds = (detail: StaffCase): Map<string, string | null> => {
  const kinds = new Map<string, string | null>();
  for (const track of detail.tracks)
    if (track.proposed && track.can_be_opened) kinds.set(track.kind, track.kind_label);
  const served = new Set(
    detail.tracks.flatMap((track) => (track.kind === ALWAYS ? (track.obligation_id ?? []) : [])),
  );
  const hasUnserved = detail.obligations.some((debt) => !served.has(debt.id));
  if (hasUnserved && !kinds.has(ALWAYS)) kinds.set(ALWAYS, null);
  return kinds;
};
