import { describe, expect, test } from "vitest";

import { almaty, endOfDay, lastDay, startOfDay } from "./almaty-time";

describe("the Almaty clock", () => {
  test("an instant late in the evening of UTC is the next day there", () => {
    expect(almaty("2026-11-26T20:30:00Z")).toEqual({ day: "2026-11-27", time: "01:30" });
  });

  test("whole days begin and end at midnight there, over the end of a year too", () => {
    expect(startOfDay("2026-12-31")).toBe("2026-12-31T00:00:00+05:00");
    expect(endOfDay("2026-12-31")).toBe("2027-01-01T00:00:00+05:00");
    expect(lastDay(endOfDay("2026-12-31"))).toBe("2026-12-31");
  });
});
