import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
} from "lucide-react";

import type { CasePaper } from "./types";

export type Standing = CasePaper["state"] | "checking" | "refused";

/** Where a paper stands for the borrower: a file on its way says more than «missing». */
export const standingOf = ({ state, file_state }: CasePaper): Standing =>
  (state === "missing" || state === "unreadable") && (file_state === "checking" || file_state === "refused")
    ? file_state
    : state;

/** Still to be given by the borrower. */
export const isOpen = ({ state }: CasePaper) => state === "missing" || state === "unreadable";

export const MARKS: Record<Standing, { icon: LucideIcon; tone: string }> = {
  accepted: { icon: CircleCheck, tone: "text-success" },
  received: { icon: Clock, tone: "text-info" },
  waived: { icon: CircleSlash, tone: "text-muted" },
  checking: { icon: LoaderCircle, tone: "text-info" },
  refused: { icon: CircleX, tone: "text-danger" },
  unreadable: { icon: CircleX, tone: "text-danger" },
  missing: { icon: CircleDashed, tone: "text-warning" },
};

const rank = (paper: CasePaper): number => {
  if (!isOpen(paper)) return 4;
  if (paper.state === "unreadable") return 0;
  if (paper.origin === "asked") return 1;
  return paper.required ? 2 : 3;
};

export interface PaperGroups {
  /** What has to be given, the most pressing first. */
  needed: CasePaper[];
  /** What helps but may be left out. */
  helpful: CasePaper[];
  /** What has come and waits for a look. */
  given: CasePaper[];
  /** What was accepted or is not needed any more. */
  done: CasePaper[];
  /** Of the papers that are needed: how many there are and how many have come. */
  total: number;
  come: number;
}

export const groupPapers = (papers: readonly CasePaper[]): PaperGroups => {
  const sorted = [...papers].sort((one, other) => rank(one) - rank(other));
  const open = sorted.filter(isOpen);
  const counted = papers.filter(({ required, state }) => required && state !== "waived");
  return {
    needed: open.filter((paper) => rank(paper) < 3),
    helpful: open.filter((paper) => rank(paper) === 3),
    given: papers.filter(({ state }) => state === "received"),
    done: papers.filter(({ state }) => state === "accepted" || state === "waived"),
    total: counted.length,
    come: counted.filter((paper) => !isOpen(paper)).length,
  };
};
