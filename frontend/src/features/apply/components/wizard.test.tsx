import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { fullDraft } from "../testing/full-draft";
import { Wizard } from "./wizard";

const CASE_ID = "33333333-3333-4333-8333-333333333333";

const text = (kind: string) => ({
  kind,
  version: 1,
  language: "ru",
  title: `Текст ${kind}`,
  body: "Условия",
  sha256: "ab".repeat(32),
  needs_lawyer_review: false,
});
const KINDS = ["personal_data", "creditor_transfer", "sms_agreement"];

let saved: unknown[] = [];

const serveDraft = (stored: { step: string; data: unknown } | null) => {
  saved = [];
  server.use(
    http.post(`${API}/cases/`, () => HttpResponse.json({ id: CASE_ID }, { status: 201 })),
    http.get(`${API}/cases/${CASE_ID}/draft/`, () =>
      HttpResponse.json({ step: stored?.step ?? "", data: stored?.data ?? null, saved_at: null }),
    ),
    http.put(`${API}/cases/${CASE_ID}/draft/`, async ({ request }) => {
      saved.push(await request.json());
      return HttpResponse.json({ saved_at: "2026-11-25T10:00:00Z" });
    }),
    http.get(`${API}/consents/texts/`, () => HttpResponse.json({ items: KINDS.map(text) })),
    http.get(`${API}/consents/`, () =>
      HttpResponse.json({
        items: KINDS.map((kind) => ({ kind, version: 1, accepted_at: "2026-11-25T09:00:00Z" })),
      }),
    ),
  );
};

const openWizard = () => {
  const onSubmitted = vi.fn();
  const screenShown = renderScreen(
    <Wizard userId="user-1" today="2026-11-25" onSubmitted={onSubmitted} onSignedOut={vi.fn()} />,
  );
  return { onSubmitted, ...screenShown };
};

const heading = (name: string | RegExp) => screen.findByRole("heading", { level: 1, name });
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => window.history.replaceState(null, "", "/ru/apply"));

describe("answers", () => {
  test("wrong answers are explained, the first one gets the focus, and what was typed stays", async () => {
    serveDraft(null);
    openWizard();
    await heading("Как вас зовут?");
    await userEvent.type(screen.getByLabelText("Фамилия, имя и отчество"), "Досымов");
    await userEvent.type(screen.getByLabelText("ИИН"), "87041939012");
    await press("Продолжить");
    const summary = await screen.findByRole("alert");
    expect(within(summary).getAllByRole("link")).toHaveLength(2);
    expect(screen.getByLabelText("Фамилия, имя и отчество")).toHaveFocus();
    expect(screen.getByLabelText("ИИН")).toHaveValue("87041939012");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Как вас зовут?");
  });

  test("going back keeps half an answer, and the server has it too", async () => {
    serveDraft({ step: "contact", data: fullDraft() });
    openWizard();
    const address = await screen.findByLabelText("Где вы живёте");
    await userEvent.clear(address);
    await userEvent.type(address, "г. Шымкент, ул. Абая");
    await press("Назад");
    await heading("Как вас зовут?");
    await press("Продолжить");
    expect(await screen.findByLabelText("Где вы живёте")).toHaveValue("г. Шымкент, ул. Абая");
    await waitFor(() =>
      expect(saved.at(-1)).toMatchObject({ data: { contact: { address: "г. Шымкент, ул. Абая" } } }),
    );
  });

  test("a reload opens the page where the person was", async () => {
    serveDraft({ step: "amounts.1", data: fullDraft() });
    openWizard();
    await heading("Сколько вы должны сейчас?");
    expect(screen.getByLabelText("Основной долг")).toHaveValue("1 391 360");
  });

  test("while the line is down answers stay on the device and come back after a reload", async () => {
    serveDraft({ step: "income", data: fullDraft() });
    let lost = 0;
    server.use(
      http.put(`${API}/cases/${CASE_ID}/draft/`, () => {
        lost += 1;
        return HttpResponse.error();
      }),
    );
    const first = openWizard();
    const source = await screen.findByLabelText("Откуда доход");
    await userEvent.clear(source);
    await userEvent.type(source, "пенсия");
    expect(
      await screen.findByText(/Нет связи. Ответы на этом устройстве/, {}, { timeout: 3000 }),
    ).toBeVisible();
    const lostBefore = lost;
    first.unmount();
    await waitFor(() => expect(lost).toBeGreaterThan(lostBefore));

    serveDraft({ step: "income", data: fullDraft() });
    openWizard();
    expect(await screen.findByLabelText("Откуда доход")).toHaveValue("пенсия");
    await waitFor(() => expect(saved.at(-1)).toMatchObject({ data: { income: { source: "пенсия" } } }));
    expect(saved.at(-1)).toMatchObject({ data: { person: { iin: fullDraft().person.iin } } });
  });
});

describe("creditor", () => {
  test("is found by a part of its name, or typed in with its kind", async () => {
    serveDraft({ step: "creditor.1", data: { ...fullDraft(), debts: [] } });
    server.use(
      http.get(`${API}/creditors/`, ({ request }) => {
        const isFound = new URL(request.url).searchParams.get("query") === "халык";
        const hit = {
          id: "c9",
          name: "АО «Народный Банк»",
          type: "BANK",
          type_label: "банк",
          bin: null,
          verified: true,
        };
        return HttpResponse.json({ items: isFound ? [hit] : [], next_cursor: null });
      }),
    );
    openWizard();
    const search = await screen.findByRole("combobox");
    await userEvent.type(search, "халык");
    await userEvent.click(await screen.findByRole("option", { name: /Народный Банк/ }));
    expect(screen.getByText("АО «Народный Банк»")).toBeVisible();

    await press("Выбрать другого");
    await userEvent.type(screen.getByRole("combobox"), "Ломбард Тест");
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await press("Продолжить");
    expect((await screen.findAllByText(/Выберите, кто это/))[0]).toBeVisible();
    await userEvent.click(screen.getByRole("radio", { name: "Ломбард" }));
    await press("Продолжить");
    await heading("Какой у вас договор?");
    expect(screen.getByText("Ломбард Тест")).toBeVisible();
  });
});

describe("sending", () => {
  const openReview = async () => {
    serveDraft({ step: "review", data: fullDraft() });
    const shown = openWizard();
    await heading("Проверьте заявку");
    return shown;
  };

  test("a double press sends once, with one key", async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post(`${API}/cases/${CASE_ID}/submit/`, async ({ request }) => {
        keys.push(request.headers.get("Idempotency-Key"));
        await delay(150);
        return HttpResponse.json({ id: CASE_ID });
      }),
    );
    const { onSubmitted } = await openReview();
    await userEvent.dblClick(screen.getByRole("button", { name: "Отправить заявку" }));
    await waitFor(() => expect(onSubmitted).toHaveBeenCalledTimes(1));
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(Object.keys(localStorage)).toEqual([]);
  });

  test("after a lost answer the retry repeats the key", async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post(`${API}/cases/${CASE_ID}/submit/`, ({ request }) => {
        keys.push(request.headers.get("Idempotency-Key"));
        return keys.length === 1 ? HttpResponse.error() : HttpResponse.json({ id: CASE_ID });
      }),
    );
    const { onSubmitted } = await openReview();
    await press("Отправить заявку");
    expect(await screen.findByText(/Нет связи с сервером/)).toBeVisible();
    await press("Отправить заявку");
    await waitFor(() => expect(onSubmitted).toHaveBeenCalledTimes(1));
    expect(keys[0]).toBe(keys[1]);
  });

  test("what the server finds leads to the page and the field, with the answer still there", async () => {
    server.use(
      http.post(`${API}/cases/${CASE_ID}/submit/`, () =>
        problem(400, "validation", {
          errors: [
            {
              pointer: "/obligations/0/contract_number",
              code: "invalid",
              detail: "Такого номера не бывает.",
            },
          ],
        }),
      ),
    );
    await openReview();
    await press("Отправить заявку");
    const link = await screen.findByRole("link", { name: "Договор, долг 1: Такого номера не бывает." });
    await userEvent.click(link);
    await heading("Какой у вас договор?");
    const field = screen.getByLabelText("Номер договора");
    expect(field).toHaveAccessibleDescription(/Такого номера не бывает/);
    expect(field).toHaveFocus();
    expect(field).toHaveValue("4417");
    await userEvent.type(field, "/КР");
    await press("Сохранить и вернуться к проверке");
    await heading("Проверьте заявку");
    expect(screen.queryByRole("link", { name: /Такого номера не бывает/ })).toBeNull();
  });

  test("a page without an answer is named before anything is sent", async () => {
    serveDraft({ step: "review", data: { ...fullDraft(), hardship: { code: "", since: "", text: "" } } });
    openWizard();
    await heading("Проверьте заявку");
    await press("Отправить заявку");
    await userEvent.click(await screen.findByRole("link", { name: "Заполните раздел «Причина»" }));
    await heading("Почему стало трудно платить?");
  });
});
