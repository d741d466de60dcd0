import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";

import { AssumedNote } from "./assumed-note";
import { FoundIn } from "./found-in";
import { NoMatches } from "./no-matches";
import type { SearchFound } from "./types";

const COMMENT: SearchFound = {
  place: "comment",
  title: "Ахметова Динара",
  ref_id: "b62d05f3-de4e-4201-85f4-1613a36e6523",
  quote: [
    { text: "Просит ", hit: false },
    { text: "отсрочку", hit: true },
    { text: ", принёс <b>справку</b>", hit: false },
  ],
};
const NUMBER: SearchFound = {
  place: "number",
  title: "",
  ref_id: null,
  quote: [{ text: "KH-2026-000064", hit: true }],
};

test("places are named, what was found is marked, and markup of people stays text", () => {
  renderScreen(<FoundIn found={[NUMBER, COMMENT]} />);
  const list = screen.getByRole("list", { name: "Где найдено" });
  const [number, comment] = within(list).getAllByRole("listitem");
  expect(number).toHaveTextContent("Номер дела: KH-2026-000064");
  expect(comment).toHaveTextContent("Комментарий, Ахметова Динара: Просит отсрочку, принёс <b>справку</b>");
  expect(comment?.querySelector("mark")).toHaveTextContent("отсрочку");
  expect(comment?.querySelector("b")).toBeNull();
});

test("a whole number is named and not quoted; more places are counted", () => {
  const person: SearchFound = { place: "person", title: "", ref_id: null, quote: [] };
  renderScreen(<FoundIn found={[person, NUMBER, COMMENT, { ...COMMENT, ref_id: null }]} />);
  const items = screen.getAllByRole("listitem");
  expect(items[0]).toHaveTextContent(/^ИИН или телефон заёмщика$/);
  expect(items.at(-1)).toHaveTextContent("и ещё 1 место");
});

test("it is said what was taken instead of what was typed", () => {
  renderScreen(
    <AssumedNote
      assumed={[
        { typed: "ljcsvjd", taken: "Досымов", how: "layout" },
        { typed: "отсрчока", taken: "отсрочку", how: "spelling" },
      ]}
    />,
  );
  expect(screen.getByRole("status")).toHaveTextContent(
    "Искали «Досымов»: похоже, «ljcsvjd» набрано в другой раскладке. Точно «отсрчока» не нашлось, показали «отсрочку».",
  );
});

test("several forms of one word are said in one sentence", () => {
  renderScreen(
    <AssumedNote
      assumed={[
        { typed: "ljcsvjd", taken: "Досымов", how: "layout" },
        { typed: "ljcsvjd", taken: "Досымова", how: "layout" },
      ]}
    />,
  );
  expect(screen.getByRole("status")).toHaveTextContent(
    /^Искали «Досымов», «Досымова»: похоже, «ljcsvjd» набрано в другой раскладке\.$/,
  );
});

test("nothing found: tells the layouts tried and offers each word and no filters", async () => {
  const onWords = vi.fn();
  const onClearFilters = vi.fn();
  renderScreen(
    <NoMatches
      words="досымов нотариус"
      tried={["ljcsvjd"]}
      isFiltered
      onWords={onWords}
      onClearFilters={onClearFilters}
    />,
  );
  expect(screen.getByText("Искали и в другой раскладке: ljcsvjd.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Только «нотариус»" }));
  await userEvent.click(screen.getByRole("button", { name: "Искать без фильтров" }));
  await userEvent.click(screen.getByRole("button", { name: "Очистить поиск" }));
  expect(onWords.mock.calls).toEqual([["нотариус"], [""]]);
  expect(onClearFilters).toHaveBeenCalledOnce();
});
