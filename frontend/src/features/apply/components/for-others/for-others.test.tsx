import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server } from "@/testing/server";

import { fullDraft } from "../../testing/full-draft";
import { BeginForPrincipal } from "./begin-for-principal";
import { BeginForm } from "./begin-form";
import { PreparedCase } from "./prepared-case";

const CASE = "7b0a6f1e-0000-4000-8000-000000000001";
const TODAY = "2026-11-26";
const SEND = { name: "Завести дело" };

const saved = vi.fn();
let draft: Record<string, unknown>;

beforeEach(() => {
  localStorage.clear();
  saved.mockReset();
  draft = { step: "form", data: fullDraft(), saved_at: null };
  server.use(
    http.get(`${API}/cases/${CASE}/`, () =>
      HttpResponse.json({ id: CASE, status: "draft", borrower_name: "Досымов Кайрат" }),
    ),
    http.get(`${API}/cases/${CASE}/draft/`, () => HttpResponse.json(draft)),
    http.put(`${API}/cases/${CASE}/draft/`, async ({ request }) => {
      saved(await request.json());
      return HttpResponse.json({ saved_at: "2026-11-26T05:00:00Z" });
    }),
  );
});

const showBegin = (onBegun = vi.fn()) => {
  renderScreen(<BeginForm today={TODAY} onBegun={onBegun} />);
  return onBegun;
};

const showForm = (onCase = vi.fn()) => {
  const back = { href: "/staff/cases/new", label: "К новым делам" };
  renderScreen(
    <PreparedCase caseId={CASE} today={TODAY} back={back} onCase={onCase} onSignedOut={vi.fn()} />,
  );
  return onCase;
};

const fillBegin = async () => {
  await userEvent.type(screen.getByLabelText("Телефон человека"), "87015557701");
  await userEvent.type(screen.getByLabelText("Фамилия, имя и отчество"), "Сериков Болат");
  await userEvent.click(screen.getByRole("radio", { name: "По телефону" }));
};

test("without a way of consent nothing is asked of the server, and the field says so", async () => {
  const asked = vi.fn();
  server.use(http.post(`${API}/cases/`, () => asked()));
  showBegin();
  await userEvent.type(screen.getByLabelText("Телефон человека"), "87015557701");
  await userEvent.click(screen.getByRole("button", { name: "Записать и заполнить заявку" }));
  expect(await screen.findByText("Укажите, как человек согласился")).toBeVisible();
  expect(asked).not.toHaveBeenCalled();
});

test("the person and the consent go out together, and a new draft begins with what was typed", async () => {
  const asked = vi.fn();
  draft = { step: "", data: {}, saved_at: null };
  server.use(
    http.post(`${API}/cases/`, async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json({ id: CASE }, { status: 201 });
    }),
  );
  const onBegun = showBegin();
  await fillBegin();
  await userEvent.click(screen.getByRole("button", { name: "Записать и заполнить заявку" }));
  await vi.waitFor(() => expect(onBegun).toHaveBeenCalledWith(CASE));
  expect(asked).toHaveBeenCalledWith({
    language: "ru",
    on_behalf: {
      phone: expect.stringMatching(/701/),
      full_name: "Сериков Болат",
      iin: null,
      email: null,
      consent: { given_by: "phone_call", given_on: TODAY, note: "" },
    },
  });
  expect(saved).toHaveBeenCalledWith(
    expect.objectContaining({
      data: expect.objectContaining({ person: { full_name: "Сериков Болат", iin: "" } }),
    }),
  );
});

test("what the server finds stands at its field, and nothing typed is lost", async () => {
  server.use(
    http.post(`${API}/cases/`, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/on_behalf/phone", code: "oneself", detail: "Это ваш номер" }],
      }),
    ),
  );
  showBegin();
  await fillBegin();
  await userEvent.click(screen.getByRole("button", { name: "Записать и заполнить заявку" }));
  expect(await screen.findByText("Это ваш номер")).toBeVisible();
  expect(screen.getByLabelText("Фамилия, имя и отчество")).toHaveValue("Сериков Болат");
});

test("parts of one debt do not undo each other's answers", async () => {
  showForm();
  const contract = await screen.findByLabelText("Номер договора");
  await userEvent.clear(contract);
  await userEvent.type(contract, "77-A");
  await userEvent.type(screen.getByLabelText(/^Залог/), "дом");
  await vi.waitFor(
    () =>
      expect(saved).toHaveBeenLastCalledWith(
        expect.objectContaining({
          data: expect.objectContaining({
            debts: [expect.objectContaining({ contract_number: "77-A", collateral: "дом" })],
          }),
        }),
      ),
    { timeout: 3000 },
  );
});

test("what is missing is named by its part, and nothing is sent", async () => {
  const asked = vi.fn();
  draft = { step: "form", data: { ...fullDraft(), contact: { address: "", email: "", language: "ru" } } };
  server.use(http.post(`${API}/cases/${CASE}/submit/`, () => asked()));
  showForm();
  await userEvent.click(await screen.findByRole("button", SEND));
  const summary = await screen.findByRole("alert");
  expect(within(summary).getByText("Проверьте часть «Человек и адрес»")).toBeVisible();
  expect(await screen.findByText("Введите адрес")).toBeVisible();
  expect(asked).not.toHaveBeenCalled();
});

test("a complete application becomes a case, once", async () => {
  const asked = vi.fn();
  server.use(
    http.post(`${API}/cases/${CASE}/submit/`, async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json({ id: CASE, status: "triage" });
    }),
  );
  const onCase = showForm();
  const send = await screen.findByRole("button", SEND);
  await userEvent.dblClick(send);
  await vi.waitFor(() => expect(onCase).toHaveBeenCalledWith(expect.objectContaining({ id: CASE })));
  expect(asked).toHaveBeenCalledOnce();
});

test("an error of the second answer of a debt is led to from the top", async () => {
  server.use(
    http.post(`${API}/cases/${CASE}/submit/`, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/obligations/0/contract_date", code: "future", detail: "Договор из будущего" }],
      }),
    ),
  );
  showForm();
  await userEvent.click(await screen.findByRole("button", SEND));
  const summary = await screen.findByRole("alert");
  await userEvent.click(within(summary).getByText("Договор из будущего"));
  expect(screen.getByLabelText("Дата договора")).toHaveFocus();
});

test("a case that is already in opens instead of the form", async () => {
  server.use(
    http.get(`${API}/cases/${CASE}/`, () =>
      HttpResponse.json({ id: CASE, status: "triage", borrower_name: "Досымов Кайрат" }),
    ),
  );
  const onCase = showForm();
  await vi.waitFor(() => expect(onCase).toHaveBeenCalledWith({ id: CASE }));
  expect(screen.queryByRole("button", SEND)).not.toBeInTheDocument();
});

test("a representative begins only for those for whom he may act, and the server is told for whom", async () => {
  const power = { power_id: "1", scope: ["view", "act"], valid_until: "2027-01-01" };
  const represents = [
    { ...power, principal_id: "11111111-0000-4000-8000-000000000001", principal_name: "Сериков Болат" },
    {
      ...power,
      principal_id: "11111111-0000-4000-8000-000000000002",
      principal_name: "Только Смотрим",
      scope: ["view"],
    },
  ];
  const asked = vi.fn();
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession({ represents }))),
    http.post(`${API}/cases/`, async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json({ id: CASE }, { status: 201 });
    }),
  );
  const onBegun = vi.fn();
  renderScreen(<BeginForPrincipal onBegun={onBegun} />);
  await userEvent.click(await screen.findByRole("button", { name: "Подать заявку: Сериков Болат" }));
  await vi.waitFor(() => expect(onBegun).toHaveBeenCalledWith(CASE));
  expect(asked).toHaveBeenCalledWith({ language: "ru", borrower_id: represents[0]?.principal_id });
  expect(screen.queryByRole("button", { name: /Только Смотрим/ })).toBeNull();
});
