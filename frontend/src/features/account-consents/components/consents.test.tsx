import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import type { ConsentKind, ConsentText } from "@/api/types";
import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { GivenConsent, RecordedConsent } from "../types";
import { ConsentsScreen } from "./consents";

const text = (kind: ConsentKind, title: string): ConsentText => ({
  kind,
  version: 2,
  language: "ru",
  title,
  body: `Полный текст: ${title}`,
  sha256: "a".repeat(64),
  needs_lawyer_review: true,
});

const TEXTS = [
  text("personal_data", "Обработка данных"),
  text("creditor_transfer", "Передача кредитору"),
  text("sms_agreement", "Подпись кодом из SMS"),
];

const given = (kind: ConsentKind, extra: Partial<GivenConsent> = {}): GivenConsent => ({
  kind,
  kind_label: kind,
  version: 2,
  title: TEXTS.find((item) => item.kind === kind)?.title ?? "",
  accepted_at: "2026-11-20T07:00:00Z",
  withdrawn_at: null,
  is_current: true,
  effect: { allows: "Мы можем отправлять письма.", ends: "Письма, которые ждут, остановятся." },
  allowed_actions: ["withdraw"],
  ...extra,
});

const withdrawn = { withdrawn_at: "2026-11-24T07:00:00Z", is_current: false, allowed_actions: ["accept"] };

const recorded = (extra: Partial<RecordedConsent> = {}): RecordedConsent => ({
  id: "3c1d6c3e-0000-4000-8000-000000000001",
  case_id: "3c1d6c3e-0000-4000-8000-000000000002",
  case_number: "KH-2026-000031",
  given_by: "phone_call",
  given_by_label: "По телефону",
  given_on: "2026-11-17",
  note: "Звонок 10:15",
  recorded_at: "2026-11-17T05:20:00Z",
  recorded_by: "Ахметова Динара",
  confirmed_at: null,
  objected_at: null,
  objection: "",
  allowed_actions: ["answer"],
  ...extra,
});

let items: GivenConsent[];
let records: RecordedConsent[];

beforeEach(() => {
  records = [];
  items = [given("creditor_transfer"), given("sms_agreement", withdrawn)];
  server.use(
    http.get(`${API}/consents/texts/`, () => HttpResponse.json({ items: TEXTS })),
    http.get(`${API}/consents/`, () => HttpResponse.json({ items })),
    http.get(`${API}/recorded-consents/`, () => HttpResponse.json({ items: records })),
  );
});

test("every text is shown with its answer, also the one that nobody answered", async () => {
  renderScreen(<ConsentsScreen />);
  expect(await screen.findByText("Вы ещё не давали этого согласия")).toBeVisible();
  expect(screen.getByText(/^Вы согласились: 20.ноября/)).toBeVisible();
  expect(screen.getByText(/^Вы отозвали согласие: 24.ноября/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Прочитать текст: Передача кредитору" }));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).getByText("Полный текст: Передача кредитору")).toBeVisible();
  expect(within(dialog).getByText("Требует проверки юристом")).toBeVisible();
  expect(within(dialog).queryByRole("button", { name: "Дать согласие" })).not.toBeInTheDocument();
});

test("withdrawing says what ends, takes a reason and changes the card", async () => {
  const asked = vi.fn();
  server.use(
    http.post(`${API}/consents/creditor_transfer/withdraw/`, async ({ request }) => {
      asked(await request.json());
      items = [given("creditor_transfer", withdrawn), given("sms_agreement", withdrawn)];
      return HttpResponse.json({ items });
    }),
  );
  renderScreen(<ConsentsScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Отозвать согласие: Передача кредитору" }));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).getByText("Письма, которые ждут, остановятся.")).toBeVisible();
  await userEvent.type(within(dialog).getByRole("textbox"), "Договорились сами");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отозвать согласие" }));
  expect(await screen.findByText("Согласие отозвано")).toBeVisible();
  expect(asked).toHaveBeenCalledWith({ reason: "Договорились сами" });
  expect(screen.getAllByText(/^Вы отозвали согласие/)).toHaveLength(2);
});

test("a consent is given by a tick under its text, never without it", async () => {
  const accepted = vi.fn();
  server.use(
    http.post(`${API}/consents/`, async ({ request }) => {
      accepted(await request.json());
      items = [...items, given("personal_data")];
      return HttpResponse.json({ kind: "personal_data", version: 2, accepted_at: "" }, { status: 201 });
    }),
  );
  renderScreen(<ConsentsScreen />);
  await userEvent.click(
    await screen.findByRole("button", { name: "Прочитать и дать согласие: Обработка данных" }),
  );
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Дать согласие" }));
  expect(within(dialog).getByText("Отметьте, что согласны")).toBeVisible();
  expect(accepted).not.toHaveBeenCalled();
  await userEvent.click(within(dialog).getByRole("checkbox"));
  await userEvent.click(within(dialog).getByRole("button", { name: "Дать согласие" }));
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(accepted).toHaveBeenCalledWith({ kind: "personal_data", version: 2, sha256: "a".repeat(64) });
  expect(screen.queryByText("Вы ещё не давали этого согласия")).not.toBeInTheDocument();
});

test("the agreement to sign by SMS is given again by a code; a wrong one tells the tries left", async () => {
  server.use(
    http.post(`${API}/consents/code/`, () =>
      HttpResponse.json(
        { masked_phone: "+7 ••• ••• 18 41", expires_in_seconds: 180, resend_after_seconds: 30 },
        { status: 202 },
      ),
    ),
    http.post(`${API}/consents/`, async ({ request }) => {
      const { code } = (await request.json()) as { code: string };
      if (code !== "123456") {
        return problem(400, "validation", {
          errors: [{ pointer: "/code", code: "incorrect_code", detail: "", tries_left: 2 }],
        });
      }
      items = [given("creditor_transfer"), given("sms_agreement")];
      return HttpResponse.json({ kind: "sms_agreement", version: 2, accepted_at: "" }, { status: 201 });
    }),
  );
  renderScreen(<ConsentsScreen />);
  await userEvent.click(
    await screen.findByRole("button", { name: "Прочитать и дать согласие: Подпись кодом из SMS" }),
  );
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Получить код по SMS" }));
  await userEvent.type(await within(dialog).findByLabelText("Код из SMS, 6 цифр"), "111111");
  expect(await within(dialog).findByText(/Остались 2 попытки/)).toBeVisible();
  const field = within(dialog).getByLabelText("Код из SMS, 6 цифр");
  await userEvent.clear(field);
  await userEvent.type(field, "123456");
  expect(await screen.findByText("Согласие записано")).toBeVisible();
});

test("a list that cannot be read offers to try again", async () => {
  server.use(http.get(`${API}/consents/`, () => problem(503, "unavailable")));
  renderScreen(<ConsentsScreen />);
  expect(await screen.findByRole("button", { name: "Попробовать ещё раз" })).toBeVisible();
});

test("a consent written down by staff is confirmed by the person, once", async () => {
  records = [recorded()];
  const asked = vi.fn();
  server.use(
    http.post(`${API}/recorded-consents/${recorded().id}/answer/`, async ({ request }) => {
      asked(await request.json());
      records = [recorded({ confirmed_at: "2026-11-26T05:00:00Z", allowed_actions: [] })];
      return HttpResponse.json({ items: records });
    }),
  );
  renderScreen(<ConsentsScreen />);
  expect(await screen.findByText(/Ахметова Динара/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Да, я согласился" }));
  expect(await screen.findByText(/^Вы подтвердили/)).toBeVisible();
  expect(asked).toHaveBeenCalledWith({ agreed: true, words: "" });
  expect(screen.queryByRole("button", { name: "Да, я согласился" })).not.toBeInTheDocument();
});

test("an objection is not sent without words", async () => {
  records = [recorded()];
  const asked = vi.fn();
  server.use(
    http.post(`${API}/recorded-consents/${recorded().id}/answer/`, async ({ request }) => {
      asked(await request.json());
      records = [
        recorded({ objected_at: "2026-11-26T05:00:00Z", objection: "Не звонил", allowed_actions: [] }),
      ];
      return HttpResponse.json({ items: records });
    }),
  );
  renderScreen(<ConsentsScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Нет, это не так" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отправить возражение" }));
  expect(within(dialog).getByText("Напишите хотя бы одно предложение")).toBeVisible();
  expect(asked).not.toHaveBeenCalled();
  await userEvent.type(within(dialog).getByRole("textbox"), "Не звонил");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отправить возражение" }));
  expect(await screen.findByText(/^Вы возразили/)).toBeVisible();
  expect(asked).toHaveBeenCalledWith({ agreed: false, words: "Не звонил" });
});
