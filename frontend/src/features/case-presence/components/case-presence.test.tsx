import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { line, stubLine } from "@/testing/line";
import { renderScreen } from "@/testing/render";

import { CasePresence } from "./case-presence";

const CASE_ID = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";
const tell = (people: { id: string; name: string; writing: boolean }[]) =>
  line().says({ present: `case:${CASE_ID}`, people });

const AIDA = { id: "p1", name: "Ахметова Аида", writing: false };

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  stubLine();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("says that one is here, shows who else is, and who writes", () => {
  renderScreen(<CasePresence caseId={CASE_ID} />);
  line().opens();
  expect(line().sent).toContainEqual({ present: `case:${CASE_ID}`, writing: false });
  tell([AIDA]);
  expect(screen.getByText("Смотрит: Ахметова Аида")).toBeInTheDocument();
  tell([{ ...AIDA, writing: true }]);
  expect(screen.getByText("Пишет: Ахметова Аида")).toBeInTheDocument();
  tell([]);
  expect(screen.queryByText(/Ахметова/)).not.toBeInTheDocument();
  line().says({ present: "case:another", people: [AIDA] });
  expect(screen.queryByText(/Ахметова/)).not.toBeInTheDocument();
  // Nothing is heard any more: nobody is shown, also without the line being closed.
  tell([AIDA]);
  act(() => vi.advanceTimersByTime(30_000));
  expect(screen.queryByText(/Ахметова/)).not.toBeInTheDocument();
  tell([AIDA]);
  act(() => line().onclose?.({ code: 1006 }));
  expect(screen.queryByText(/Ахметова/)).not.toBeInTheDocument();
});
