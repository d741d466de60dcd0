import { isProblem } from "@/lib/problem";

import type { TemplateProblem } from "./types";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const read = (one: Record<string, unknown>): TemplateProblem => ({
  code: text(one.code),
  severity: one.severity === "warning" ? "warning" : "error",
  text: text(one.text),
  part: text(one.part),
  paragraph: typeof one.paragraph === "number" ? one.paragraph : null,
  quote: text(one.quote),
  tag: text(one.tag),
  near: Array.isArray(one.near) ? one.near.map(text) : [],
});

/** Everything that the server found wrong with a file that it refused; empty for any other failure. */
export const refusedFor = (error: unknown): TemplateProblem[] => {
  if (!isProblem(error) || error.code !== "template.refused") return [];
  const told = error.extra.problems;
  return Array.isArray(told) ? told.filter(isRecord).map(read) : [];
};
