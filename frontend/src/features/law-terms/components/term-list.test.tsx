import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import type { LawTerm } from "@/api/types";
import { renderScreen } from "@/testing/render";

import { TermList } from "./term-list";

const TERM: LawTerm = {
  rule: "BORROWER_RELIEF_APPLICATION",
  title: "Подать заявление",
  due: "2026-11-23",
  counted_from: "2026-10-23",
  direction: "at_most",
  bound: "borrower",
  bound_label: "вы",
  explanation: "Закон даёт 30 календарных дней.",
  skipped_days: [{ date: "2026-11-21", reason: "суббота" }],
  source: [{ title: "Закон о банках", reference: "статья 36" }],
  needs_review: false,
  critical: false,
  status: "running",
  days_left: 2,
};

const plain = (element: HTMLElement) => (element.textContent ?? "").replaceAll("\u00a0", " ");

test("a term says its date, what is left in words, and why", () => {
  renderScreen(<TermList terms={[TERM]} />);
  const card = screen.getByRole("listitem");
  expect(plain(card)).toContain("до 23 ноября 2026 г.");
  expect(within(card).getByText("осталось 2 дня")).toBeVisible();
  expect(within(card).getByText("Закон даёт 30 календарных дней.")).toBeVisible();
  expect(plain(card)).toContain("21 ноября 2026 г.: суббота");
  expect(within(card).queryByText("Требует проверки юристом")).toBeNull();
});

test("a term that no lawyer has confirmed says so", () => {
  renderScreen(<TermList terms={[{ ...TERM, needs_review: true }]} />);
  expect(screen.getByText("Требует проверки юристом")).toBeVisible();
});

test("a day before which something is not allowed is never shown as a term to meet", () => {
  renderScreen(<TermList terms={[{ ...TERM, direction: "at_least", days_left: 40 }]} />);
  const card = screen.getByRole("listitem");
  expect(plain(card)).toContain("не раньше 23 ноября 2026 г.");
  expect(plain(card)).toContain("ещё 40 дней");
  expect(plain(card)).not.toContain("осталось");
});

test("a term that is over says how long ago", () => {
  renderScreen(<TermList terms={[{ ...TERM, status: "passed", days_left: -1 }]} />);
  expect(screen.getByText("срок прошёл 1 день назад")).toBeVisible();
});
