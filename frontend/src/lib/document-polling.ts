import type { DocumentRow } from "@/api/types";

const PREPARING_POLL_MS = 3_000;
const MOVING_POLL_MS = 5_000;

type Row = Pick<DocumentRow, "status" | "dispatch">;

const isOnItsWay = ({ status, dispatch }: Row) =>
  status === "signed" || dispatch?.status === "queued" || dispatch?.status === "sending";

/**
 * How soon letters are asked for again by themselves; false when nothing moves. Hints may be lost, and a mail server that
 * does not answer gives none: what is said about a letter under way must not stay what it was a minute ago.
 */
export const documentPolling = (rows: readonly Row[]): number | false => {
  if (rows.some((row) => row.status === "preparing")) return PREPARING_POLL_MS;
  return rows.some(isOnItsWay) ? MOVING_POLL_MS : false;
};
