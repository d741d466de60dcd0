import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { RetentionRule } from "../queries";
import { RuleList } from "./rule-list";

const rule = (extra: Partial<RetentionRule> = {}): RetentionRule => ({
  key: "closed_cases",
  title: "Закрытые дела",
  ground: "Срок исковой давности.",
  days: 1825,
  least_days: 1095,
  action: "mask",
  action_label: "Обезличивается",
  enabled: true,
  needs_lawyer_review: true,
  last_run_at: null,
  last_count: 0,
  ...extra,
});

let current: RetentionRule;

beforeEach(() => {
  document.cookie = "csrftoken=x";
  current = rule();
  server.use(http.get(`${API}/retention-rules/`, () => HttpResponse.json({ items: [current] })));
});

const edit = async (days: string) => {
  renderScreen(<RuleList />);
  await userEvent.click(await screen.findByRole("button", { name: "Изменить: Закрытые дела" }));
  const dialog = screen.getByRole("dialog");
  const field = within(dialog).getByLabelText("Сколько дней хранить");
  await userEvent.clear(field);
  await userEvent.type(field, days);
  await userEvent.click(within(dialog).getByRole("checkbox"));
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить правило" }));
  return { dialog, field };
};

test("a legal ground that waits for a lawyer says so", async () => {
  renderScreen(<RuleList />);
  expect(await screen.findByText("[К] требует проверки юристом")).toBeVisible();
});

test("days and the switch are changed together", async () => {
  const sent: unknown[] = [];
  server.use(
    http.patch(`${API}/retention-rules/closed_cases/`, async ({ request }) => {
      sent.push(await request.json());
      current = rule({ days: 2000, enabled: false });
      return HttpResponse.json(current);
    }),
  );
  await edit("2000");
  expect(await screen.findByText("выключено")).toBeVisible();
  expect(sent).toEqual([{ days: 2000, enabled: false }]);
});

test("words instead of days are stopped here, too few days by the server at the field", async () => {
  const sent = vi.fn();
  server.use(
    http.patch(`${API}/retention-rules/closed_cases/`, () => {
      sent();
      return problem(400, "validation", {
        errors: [{ pointer: "/days", code: "min_value", detail: "Нужно не меньше 1095 дней." }],
      });
    }),
  );
  const { dialog, field } = await edit("пять");
  expect(within(dialog).getByText("Число дней должно быть целым, от 1")).toBeVisible();
  expect(sent).not.toHaveBeenCalled();
  await userEvent.clear(field);
  await userEvent.type(field, "10{Enter}");
  expect(await within(dialog).findByText("Нужно не меньше 1095 дней.")).toBeVisible();
});
