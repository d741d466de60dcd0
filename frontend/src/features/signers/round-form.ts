import type { RoundCandidate, RoundSigner, RoundWish, SignerRole, SigningRound } from "@/api/signing";

export const TERMS = [3, 7, 14, 30, 60] as const;
const USUAL_TERM = 30;
const DAY_MS = 86_400_000;

/** One person who can be named, as he stands in the form. */
export interface SignerRow {
  personId: string;
  name: string;
  partyRole: string;
  roles: readonly SignerRole[];
  isIn: boolean;
  role: SignerRole;
  days: number;
}

const OPEN: readonly string[] = ["pending", "in_progress", "on_check"];
const ANSWERED: readonly string[] = ["signed", "approved"];

const roleOf = ({ roles }: RoundCandidate): SignerRole => roles[0] ?? "copy";

/** The shortest of the offered terms that keeps what was promised before. */
const termOf = (signer: RoundSigner, now: number): number => {
  const left = Math.ceil((Date.parse(signer.expires_at) - now) / DAY_MS);
  return TERMS.find((term) => term >= left) ?? USUAL_TERM;
};

const rowOf = (candidate: RoundCandidate, known: RoundSigner | undefined, now: number): SignerRow => ({
  personId: candidate.person.id,
  name: candidate.person.name,
  partyRole: candidate.party_role,
  roles: candidate.roles,
  isIn: known !== undefined,
  role: known && candidate.roles.includes(known.role) ? known.role : roleOf(candidate),
  days: known && known.role !== "copy" ? termOf(known, now) : USUAL_TERM,
});

/** Names of those who have answered already: their answers stay whatever is chosen. */
export const answeredNames = (round: SigningRound): string[] =>
  round.signers.filter((one) => ANSWERED.includes(one.status)).map((one) => one.person.name);

/** Everybody who can be named: those of the round that is open in their order, then the rest. */
export const initialRows = (round: SigningRound, isReplacing: boolean, now = Date.now()): SignerRow[] => {
  const known = isReplacing ? round.signers : [];
  const answered = known.filter((one) => ANSWERED.includes(one.status)).map((one) => one.person.id);
  const waiting = known.filter((one) => OPEN.includes(one.status) || one.status === "copy");
  const place = (row: SignerRow) => {
    const found = waiting.findIndex((one) => one.person.id === row.personId);
    return found === -1 ? waiting.length : found;
  };
  const rows = round.candidates
    .filter((candidate) => !answered.includes(candidate.person.id))
    .map((candidate) =>
      rowOf(
        candidate,
        waiting.find((one) => one.person.id === candidate.person.id),
        now,
      ),
    )
    .sort((one, other) => place(one) - place(other));
  if (rows.some((row) => row.isIn)) return rows;
  // The first one who may sign: the borrower in most cases.
  const first = rows.findIndex((row) => row.roles.includes("signer"));
  return rows.map((row, index) => ({ ...row, isIn: index === first }));
};

export const changeRow = (
  rows: readonly SignerRow[],
  personId: string,
  change: Partial<Pick<SignerRow, "isIn" | "role" | "days">>,
): SignerRow[] => rows.map((row) => (row.personId === personId ? { ...row, ...change } : row));

/** Swaps a chosen person with the chosen one before or after; the others keep their places. */
export const moveRow = (rows: readonly SignerRow[], personId: string, step: 1 | -1): SignerRow[] => {
  const chosen = rows.filter((row) => row.isIn);
  const at = chosen.findIndex((row) => row.personId === personId);
  const moved = chosen[at];
  const other = chosen[at + step];
  if (!moved || !other) return [...rows];
  return rows.map((row) => {
    if (row.personId === moved.personId) return other;
    return row.personId === other.personId ? moved : row;
  });
};

export const wishOf = (rows: readonly SignerRow[], isOrdered: boolean): RoundWish => ({
  is_ordered: isOrdered,
  signers: rows
    .filter((row) => row.isIn)
    .map((row, index) => ({
      person_id: row.personId,
      role: row.role,
      position: isOrdered ? index + 1 : 1,
      expires_in_days: row.days,
    })),
});
