import { expect, test } from "vitest";

import { EMPTY, fromHash, isComplete, toHash } from "./address";

const TYPED = {
  ...EMPTY,
  principal: "1 200 000,50",
  oldRate: "34,5",
  oldMonths: "18",
  rate: "20",
  months: "36",
};

test("a link brings the same figures back", () => {
  expect(fromHash(toHash(TYPED))).toEqual({ ...TYPED, principal: "1\u00a0200\u00a0000,50" });
});

test("a link says only what was filled in", () => {
  expect(toHash(TYPED)).toBe("#principal=1200000%2C50&oldRate=34%2C5&oldMonths=18&rate=20&months=36");
});

test("what the form does not know is left out, also when it is long", () => {
  const read = fromHash(`#name=Somebody&principal=${"9".repeat(500)}`);
  expect(Object.keys(read)).toEqual(Object.keys(EMPTY));
  expect(read.principal.replace(/\s/g, "").length).toBeLessThanOrEqual(24);
});

test("a link counts at once only when it has all that is needed", () => {
  expect(isComplete(TYPED)).toBe(true);
  expect(isComplete({ ...TYPED, months: "" })).toBe(false);
});
