import { describe, expect, it } from "vitest";

import { columnOf, shiftMonth } from "./components/term-month";

describe("a month of terms", () => {
  it("walks over the ends of years", () => {
    expect(shiftMonth("2026-12", 1)).toBe("2027-01");
    expect(shiftMonth("2026-01", -1)).toBe("2025-12");
    expect(shiftMonth("2026-11", 14)).toBe("2028-01");
  });

  it("begins the week on Monday", () => {
    expect(columnOf("2026-11-01")).toBe(7);
    expect(columnOf("2026-06-01")).toBe(1);
  });
});
