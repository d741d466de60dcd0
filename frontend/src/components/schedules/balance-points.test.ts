import { expect, test } from "vitest";

import { balancePoints, monthTicks } from "./balance-points";
import type { Plan } from "./types";

const row = (number: number, due: string, principal_tiyn: number, balance_tiyn: number) => ({
  number,
  due,
  principal_tiyn,
  interest_tiyn: 0,
  arrears_tiyn: 0,
  total_tiyn: principal_tiyn,
  balance_tiyn,
});

const plan = (rows: Plan["rows"]): Plan => ({
  now_tiyn: 0,
  monthly_tiyn: 0,
  total_tiyn: 0,
  overpaid_tiyn: 0,
  payments: rows.length,
  ends: null,
  rows,
});

test("the line begins with the whole debt and falls at each payment", () => {
  const points = balancePoints(
    plan([row(1, "2026-12-31", 40, 60), row(2, "2027-01-31", 60, 0)]),
    "2026-11-26",
  );
  expect(points).toEqual([
    { month: 0, balance: 100 },
    { month: 1, balance: 60 },
    { month: 2, balance: 0 },
  ]);
});

test("the axis has round steps and never more than seven", () => {
  for (const months of [1, 5, 18, 51, 240, 600]) {
    const ticks = monthTicks(months);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(ticks[0]).toBe(0);
  }
});
