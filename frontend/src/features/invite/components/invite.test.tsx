import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server, staffSession } from "@/testing/server";

import { Invite } from "./invite";

const TOKEN = "abcdefghijklmnopqrstuvwx";
const LOOK = {
  masked_email: "d•••@kenes.kz",
  full_name: "Ахметова Динара",
  organisation_name: "ТОО «Кредитор»",
  role_labels: ["Сотрудник кредитора"],
  needs_sign_in: false,
  expires_at: "2026-12-02T10:00:00Z",
};

afterEach(() => {
  sessionStorage.clear();
  window.history.replaceState(null, "", "/ru/invite");
});

const open = (reply: () => Response, hash = `#${TOKEN}`) => {
  window.history.replaceState(null, "", `/ru/invite${hash}`);
  const looked: unknown[] = [];
  server.use(
    http.post(`${API}/invitations/look/`, async ({ request }) => {
      looked.push(await request.json());
      return reply();
    }),
  );
  const onDone = vi.fn();
  renderScreen(<Invite onDone={onDone} />);
  return { looked, onDone };
};

const accept = (reply: () => Response) => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${API}/invitations/accept/`, async ({ request }) => {
      sent.push(await request.json());
      return reply();
    }),
  );
  return sent;
};

test("the token leaves the address bar, and a name with a password makes the account", async () => {
  const { looked, onDone } = open(() => HttpResponse.json(LOOK));
  const sent = accept(() => HttpResponse.json(staffSession([]), { status: 201 }));
  expect(await screen.findByText("ТОО «Кредитор»")).toBeVisible();
  expect(window.location.href).not.toContain(TOKEN);
  expect(looked).toEqual([{ token: TOKEN }]);
  expect(screen.getByLabelText("Фамилия, имя, отчество")).toHaveValue("Ахметова Динара");
  await userEvent.type(screen.getByLabelText("Пароль"), "new long password{Enter}");
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
  expect(sent).toEqual([{ token: TOKEN, full_name: "Ахметова Динара", password: "new long password" }]);
  expect(sessionStorage).toHaveLength(0);
});

test("a short password is said at its field and nothing is sent", async () => {
  open(() => HttpResponse.json(LOOK));
  const sent = accept(() => HttpResponse.json(staffSession([]), { status: 201 }));
  await userEvent.type(await screen.findByLabelText("Пароль"), "short{Enter}");
  expect(await screen.findByText(/Пароль короткий/)).toBeVisible();
  expect(screen.getByLabelText("Пароль")).toHaveFocus();
  expect(sent).toEqual([]);
});

test("a reload of the page keeps the invitation", async () => {
  sessionStorage.setItem("kenes.invite", TOKEN);
  const { looked } = open(() => HttpResponse.json(LOOK), "");
  expect(await screen.findByLabelText("Пароль")).toBeVisible();
  expect(looked).toEqual([{ token: TOKEN }]);
});

test("an invitation whose time is over says so and what to do", async () => {
  open(() => problem(409, "invitation.expired", { detail: "Срок приглашения истёк." }));
  expect(await screen.findByText("Срок приглашения истёк.")).toBeVisible();
  expect(screen.getByText(/отправить приглашение заново/)).toBeVisible();
});

test("a link without a token does not ask the server", async () => {
  const { looked } = open(() => HttpResponse.json(LOOK), "");
  expect(await screen.findByText("Ссылка не подходит")).toBeVisible();
  expect(looked).toEqual([]);
});

test("a person who has an account signs in first and comes back", async () => {
  open(() => HttpResponse.json({ ...LOOK, needs_sign_in: true }));
  expect(await screen.findByRole("link", { name: "Войти" })).toHaveAttribute(
    "href",
    "/ru/sign-in/staff?next=%2Finvite",
  );
  expect(screen.queryByLabelText("Пароль")).toBeNull();
});

test("whoever is signed in accepts with one press", async () => {
  server.use(http.get(`${API}/session/`, () => HttpResponse.json(staffSession([]))));
  const { onDone } = open(() => HttpResponse.json({ ...LOOK, needs_sign_in: true }));
  const sent = accept(() => HttpResponse.json(staffSession([]), { status: 201 }));
  await userEvent.click(await screen.findByRole("button", { name: "Принять приглашение" }));
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
  expect(sent).toEqual([{ token: TOKEN, full_name: "Ахметова Динара Сериковна", password: "" }]);
});

test("another person is told so and can sign out", async () => {
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession({ full_name: "Оспанов Ерлан" }))),
  );
  open(() => HttpResponse.json({ ...LOOK, needs_sign_in: true }));
  accept(() => problem(409, "invitation.other_person"));
  await userEvent.click(await screen.findByRole("button", { name: "Принять приглашение" }));
  expect(await screen.findByText(/Вы вошли как Оспанов Ерлан, а приглашение для другого/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Выйти и продолжить" })).toBeVisible();
});
