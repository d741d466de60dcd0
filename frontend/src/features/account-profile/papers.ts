import { parseTypedDate, toTypedDate } from "@/lib/dates";

import { keptPaper } from "./mutations";
import type { PaperInput, ProfilePaper } from "./types";

export const PAPER_KINDS = ["id_card", "passport", "residence_permit"] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export const isPaperKind = (value: string): value is PaperKind => PAPER_KINDS.some((kind) => kind === value);

/** A type, not an interface: forms hold answers by name. */
export type PaperAnswers = {
  kind: string;
  number: string;
  issued_by: string;
  issued_on: string;
  valid_until: string;
};

export const paperAnswers = (paper: ProfilePaper | null, kind: string): PaperAnswers => ({
  kind: paper?.kind ?? kind,
  number: "",
  issued_by: paper?.issued_by ?? "",
  issued_on: paper?.issued_on ? toTypedDate(paper.issued_on) : "",
  valid_until: paper?.valid_until ? toTypedDate(paper.valid_until) : "",
});

/** The whole list as it goes to the server: the written paper in its place, the others as they are. */
export const withPaper = (papers: readonly ProfilePaper[], answers: PaperAnswers): PaperInput[] => {
  if (!isPaperKind(answers.kind)) return papers.map(keptPaper);
  const number = answers.number.trim();
  const written: PaperInput = {
    kind: answers.kind,
    ...(number ? { number } : {}),
    issued_by: answers.issued_by.trim(),
    issued_on: parseTypedDate(answers.issued_on),
    valid_until: parseTypedDate(answers.valid_until),
  };
  const isKnown = papers.some((paper) => paper.kind === written.kind);
  const kept = papers.map((paper) => (paper.kind === written.kind ? written : keptPaper(paper)));
  return isKnown ? kept : [...kept, written];
};

/** Where the server's errors about the written paper belong. */
export const paperPointers = (
  papers: readonly ProfilePaper[],
  kind: string,
): Record<string, keyof PaperAnswers & string> => {
  const found = papers.findIndex((paper) => paper.kind === kind);
  const index = found < 0 ? papers.length : found;
  return {
    [`/papers/${index}/kind`]: "kind",
    [`/papers/${index}/number`]: "number",
    [`/papers/${index}/issued_by`]: "issued_by",
    [`/papers/${index}/issued_on`]: "issued_on",
    [`/papers/${index}/valid_until`]: "valid_until",
  };
};
