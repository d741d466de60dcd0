import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { AccountGate } from "@/components/account-gate";
import { AccountNav } from "@/components/account-nav";
import { renderScreen } from "@/testing/render";
import { API, borrowerSession, server, staffSession } from "@/testing/server";

const open = (session: object) => {
  server.use(http.get(`${API}/session/`, () => HttpResponse.json(session)));
  renderScreen(<AccountNav />);
};

const labels = () => screen.getAllByRole("link").map((link) => link.textContent);

beforeEach(() => window.history.replaceState(null, "", "/ru/account/consents"));

test("a borrower has the specialist's page and no organisation; the open part is marked", async () => {
  open(borrowerSession());
  expect(await screen.findByRole("link", { name: "Согласия" })).toHaveAttribute("aria-current", "page");
  expect(labels()).toContain("Специалист");
  expect(labels()).not.toContain("Моя организация");
});

const member = (isAdministrator: boolean) =>
  borrowerSession({
    organisations: [{ id: "1", name: "ТОО", kind: "creditor", is_administrator: isAdministrator }],
  });

test("an administrator of an organisation finds it", async () => {
  open(member(true));
  expect(await screen.findByRole("link", { name: "Моя организация" })).toBeVisible();
});

test("a plain member of an organisation has nothing to administer", async () => {
  open(member(false));
  expect(await screen.findByRole("link", { name: "Профиль" })).toBeVisible();
  expect(labels()).not.toContain("Моя организация");
});

test("staff have no specialist's page", async () => {
  open(staffSession([]));
  expect(await screen.findByRole("link", { name: "Профиль" })).toBeVisible();
  expect(labels()).not.toContain("Специалист");
});

const heldBack = staffSession([], { held_back: "second_factor", abilities: [] });

test("until the second factor is set up only what is open then is offered", async () => {
  open(heldBack);
  expect(await screen.findByRole("link", { name: "Безопасность" })).toBeVisible();
  expect(labels()).toEqual(["Безопасность", "Кто смотрел мои данные"]);
});

test("a page that would be refused then leads to setting the factor up instead", async () => {
  server.use(http.get(`${API}/session/`, () => HttpResponse.json(heldBack)));
  renderScreen(<AccountGate>Согласия человека</AccountGate>);
  expect(await screen.findByRole("link", { name: "Настроить второй шаг" })).toHaveAttribute(
    "href",
    "/ru/account/second-factor",
  );
  expect(screen.queryByText("Согласия человека")).not.toBeInTheDocument();
});
