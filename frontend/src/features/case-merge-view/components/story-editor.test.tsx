import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { StoryEditor } from "./story-editor";

const CASE_ID = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";
const STORY = `${API}/cases/${CASE_ID}/story/`;

const values = (address: string, dependents: number) => ({
  email: "",
  address,
  income: {
    source: "пособие",
    monthly_now_tiyn: 9800000,
    monthly_before_tiyn: 32000000,
    avg12_tiyn: null,
    avg2_tiyn: null,
    drop_percent: 69.3,
    dependents,
    disabled_dependents: 0,
    targeted_social_aid: false,
  },
  hardship: { code: "JOB_LOSS", since: "2026-09-30", text: "Сократили." },
  relief: {
    kinds: ["DEFERRAL"],
    defer_months: 6,
    new_term_months: null,
    new_rate_percent: null,
    new_payment_tiyn: null,
    comment: "",
  },
  assets: [],
});
const detail = (version: number, address: string, dependents: number) => ({
  ...values(address, dependents),
  version,
  editable: true,
  locked: false,
  changes: [],
});
const sent = vi.fn();

/** The server: at version 4 somebody else has saved `theirs`; a save on top of 4 is taken. */
const serve = (theirs: { address: string; dependents: number }, field: string) => {
  server.use(
    http.get(STORY, () => HttpResponse.json(detail(3, "Старый адрес", 2))),
    http.patch(STORY, async ({ request }) => {
      const mark = request.headers.get("if-match");
      const body: unknown = await request.json();
      sent(mark, body);
      if (mark === '"3"') {
        return problem(412, "case.changed_meanwhile", {
          version: 4,
          current: values(theirs.address, theirs.dependents),
          changed: [
            { field, old: "", new: "", at: "2026-11-26T05:00:00Z", by: "Ким Светлана", by_borrower: false },
          ],
        });
      }
      return HttpResponse.json(detail(5, "сохранено", 9));
    }),
  );
};

beforeEach(() => sent.mockReset());

const change = async (label: string, text: string) => {
  const field = await screen.findByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, text);
};
const save = () => userEvent.click(screen.getByRole("button", { name: "Сохранить изменения" }));

test("a field that both changed is put side by side, and the choice is saved on the newer version", async () => {
  serve({ address: "Их адрес", dependents: 2 }, "address");
  renderScreen(<StoryEditor caseId={CASE_ID} />);
  await change("Адрес", "Мой адрес");
  await change("Иждивенцев", "3");
  await save();
  const dialog = await screen.findByRole("dialog", { name: "Кто-то сохранил раньше" });
  expect(within(dialog).getByText("Мой адрес")).toBeVisible();
  expect(within(dialog).getByText("Их адрес")).toBeVisible();
  expect(within(dialog).getByText("сохранил(а) Ким Светлана")).toBeVisible();
  expect(within(dialog).queryByText("Иждивенцев")).not.toBeInTheDocument();
  await userEvent.click(within(dialog).getByText("Их адрес"));
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить выбранное" }));
  await vi.waitFor(() => expect(sent).toHaveBeenLastCalledWith('"4"', { income: { dependents: 3 } }));
});

test("leaving the comparison loses nothing of what was typed", async () => {
  serve({ address: "Их адрес", dependents: 2 }, "address");
  renderScreen(<StoryEditor caseId={CASE_ID} />);
  await change("Адрес", "Мой адрес");
  await save();
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отменить" }));
  expect(screen.getByLabelText("Адрес")).toHaveValue("Мой адрес");
  await save();
  expect(await screen.findByRole("dialog")).toBeVisible();
});

test("changes of different fields need no choice: both are kept", async () => {
  serve({ address: "Старый адрес", dependents: 7 }, "income/dependents");
  renderScreen(<StoryEditor caseId={CASE_ID} />);
  await change("Адрес", "Мой адрес");
  await save();
  await vi.waitFor(() => expect(sent).toHaveBeenLastCalledWith('"4"', { address: "Мой адрес" }));
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  expect(await screen.findByLabelText("Адрес")).toHaveValue("сохранено");
});

test("a wrong value is told at its field", async () => {
  server.use(
    http.get(STORY, () => HttpResponse.json(detail(3, "Старый адрес", 2))),
    http.patch(STORY, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/income/dependents", code: "max", detail: "Не больше 30." }],
      }),
    ),
  );
  renderScreen(<StoryEditor caseId={CASE_ID} />);
  await change("Иждивенцев", "31");
  await save();
  expect(await screen.findByText("Не больше 30.")).toBeVisible();
  expect(screen.getByLabelText("Иждивенцев")).toHaveValue("31");
});

test("property, the reason and what is asked for are corrected like every other field", async () => {
  server.use(
    http.get(STORY, () => HttpResponse.json(detail(3, "Старый адрес", 2))),
    http.patch(STORY, async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(detail(4, "Старый адрес", 2));
    }),
  );
  renderScreen(<StoryEditor caseId={CASE_ID} />);
  await userEvent.click(await screen.findByRole("button", { name: "Добавить имущество" }));
  await userEvent.type(screen.getByLabelText("Что это"), "Квартира");
  await userEvent.type(screen.getByLabelText("Примерная стоимость"), "15000000");
  await userEvent.click(screen.getByRole("checkbox", { name: "В залоге" }));
  await userEvent.selectOptions(screen.getByLabelText("Главная причина"), "Болезнь");
  await userEvent.click(screen.getByRole("checkbox", { name: "Списать неустойку" }));
  await userEvent.click(screen.getByRole("button", { name: "Сохранить изменения" }));
  await vi.waitFor(() =>
    expect(sent).toHaveBeenCalledWith({
      assets: [{ kind: "Квартира", value_tiyn: 1500000000, pledged: true }],
      hardship: { code: "ILLNESS" },
      relief: { kinds: ["DEFERRAL", "PENALTY_FORGIVEN"] },
    }),
  );
});

test("what the server finds in a row of property stands at its field", async () => {
  server.use(
    http.get(STORY, () => HttpResponse.json(detail(3, "Старый адрес", 2))),
    http.patch(STORY, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/assets/0/value_tiyn", code: "invalid", detail: "Введите сумму" }],
      }),
    ),
  );
  renderScreen(<StoryEditor caseId={CASE_ID} />);
  await userEvent.click(await screen.findByRole("button", { name: "Добавить имущество" }));
  await userEvent.type(screen.getByLabelText("Что это"), "Машина");
  await userEvent.click(screen.getByRole("button", { name: "Сохранить изменения" }));
  expect(await screen.findByText("Введите сумму")).toBeVisible();
  expect(screen.getByLabelText("Примерная стоимость")).toBeInvalid();
  expect(screen.getByLabelText("Что это")).toHaveValue("Машина");
});
