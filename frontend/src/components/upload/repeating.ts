import type { Problem } from "@/lib/problem";

/** The two sides may disagree about how much has come; asking the server anew mends that, a refusal it does not. */
export const isWorthRepeating = (problem: Problem): boolean =>
  problem.status === 0 ||
  problem.status === 423 ||
  problem.status === 429 ||
  problem.status === 460 ||
  problem.status >= 500 ||
  (problem.status === 409 && (problem.code === "http_409" || problem.code.includes("offset")));

/** What the server holds against this file will not change by asking again; being signed out or too fast will. */
export const isFinal = ({ status }: Problem): boolean =>
  status >= 400 && status < 500 && ![401, 403, 429].includes(status);

/** The server no longer has what was sent: it goes anew. */
export const isGone = ({ status }: Problem): boolean => status === 404 || status === 410;
