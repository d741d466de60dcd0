import { expect, test } from "vitest";

import { type Command, matching, otherLayout } from "./commands";

const command = (title: string): Command => ({ id: title, title, group: "go", run: () => undefined });
const ALL = [command("Дела"), command("Мои дела"), command("Кредиторы")];

test("words are found in the layout in which they were typed by mistake", () => {
  expect(otherLayout("ltkf")).toBe("дела");
  expect(matching(ALL, "ltkf").map(({ title }) => title)).toEqual(["Дела", "Мои дела"]);
  expect(matching(ALL, "мои де").map(({ title }) => title)).toEqual(["Мои дела"]);
  expect(matching(ALL, "")).toHaveLength(3);
  expect(matching(ALL, "касса")).toEqual([]);
});
