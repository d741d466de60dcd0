import { describe, expect, it } from "vitest";

import { daysOfMonth, isOff, turned, weekdayOf } from "./year-days";

describe("days of a year", () => {
  it("knows leap years and the first column", () => {
    expect(daysOfMonth(2028, 2)).toHaveLength(29);
    expect(daysOfMonth(2026, 2).at(-1)).toBe("2026-02-28");
    expect(weekdayOf("2026-11-30")).toBe(1);
    expect(weekdayOf("2026-11-29")).toBe(7);
  });

  it("takes the calendar above the day of the week", () => {
    expect(isOff("2026-11-29", undefined)).toBe(true);
    expect(isOff("2026-11-29", "workday")).toBe(false);
    expect(isOff("2026-12-16", "day_off")).toBe(true);
  });

  it("turns a day over and back", () => {
    expect(turned("2026-11-30", undefined, undefined)).toBe("day_off");
    expect(turned("2026-11-28", undefined, undefined)).toBe("workday");
    expect(turned("2026-12-16", "day_off", undefined)).toBe("workday");
    expect(turned("2026-12-16", "day_off", "workday")).toBeUndefined();
  });
});
