import { describe, expect, test } from "vitest";

import type { RoundSigner, SigningRound } from "@/api/signing";

import { answeredNames, changeRow, initialRows, moveRow, wishOf } from "./round-form";
import { round, signer } from "./testing/round";

const NOW = Date.parse("2026-11-26T10:00:00Z");

const chosen = (rows: ReturnType<typeof initialRows>) =>
  rows.filter((row) => row.isIn).map((row) => row.name);

describe("a new round", () => {
  test("begins with the first one who may sign, for a month", () => {
    const rows = initialRows(round({ candidates: [...round().candidates].reverse() }), false, NOW);
    expect(rows.map((row) => [row.name, row.isIn, row.role, row.days])).toEqual([
      ["Динара Ахметова", false, "approver", 30],
      ["Ерлан Сейтов", true, "signer", 30],
      ["Айша Омарова", false, "signer", 30],
    ]);
  });

  test("the order counts only when wished, and only among the chosen", () => {
    const rows = changeRow(initialRows(round(), false, NOW), "p3", { isIn: true, role: "copy" });
    expect(wishOf(rows, false).signers.map((one) => one.position)).toEqual([1, 1]);
    expect(wishOf(rows, true)).toEqual({
      is_ordered: true,
      signers: [
        { person_id: "p1", role: "signer", position: 1, expires_in_days: 30 },
        { person_id: "p3", role: "copy", position: 2, expires_in_days: 30 },
      ],
    });
  });

  test("moving passes over those who are not chosen and stops at the ends", () => {
    const rows = changeRow(initialRows(round(), false, NOW), "p3", { isIn: true });
    expect(chosen(rows)).toEqual(["Айша Омарова", "Динара Ахметова"]);
    expect(chosen(moveRow(rows, "p3", -1))).toEqual(["Динара Ахметова", "Айша Омарова"]);
    expect(chosen(moveRow(rows, "p1", -1))).toEqual(chosen(rows));
    expect(chosen(moveRow(rows, "p3", 1))).toEqual(chosen(rows));
  });
});

describe("choosing anew", () => {
  const open = (signers: RoundSigner[]): SigningRound => round({ id: "r", status: "open", signers });
  const people = open([
    signer({ id: "a", person: { id: "p3", name: "Динара Ахметова" }, role: "approver", status: "approved" }),
    signer({ id: "b", person: { id: "p2", name: "Ерлан Сейтов" }, expires_at: "2026-12-02T10:00:00Z" }),
    signer({ id: "c", person: { id: "p1", name: "Айша Омарова" } }),
  ]);

  test("keeps the order and terms of those who are waited for", () => {
    const rows = initialRows(people, true, NOW);
    expect(rows.map((row) => [row.name, row.isIn, row.days])).toEqual([
      ["Ерлан Сейтов", true, 7],
      ["Айша Омарова", true, 30],
    ]);
  });

  test("those who have answered cannot be asked again, and are named", () => {
    expect(initialRows(people, true, NOW).map((row) => row.personId)).not.toContain("p3");
    expect(answeredNames(people)).toEqual(["Динара Ахметова"]);
  });
});
