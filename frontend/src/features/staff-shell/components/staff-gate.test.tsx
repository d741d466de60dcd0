import { useQuery } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { Button } from "@/components/ui/button";
import { api } from "@/lib/api-client";
import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server, session } from "@/testing/server";

import { StaffGate } from "./staff-gate";

const Desk = () => {
  const { refetch } = useQuery({ queryKey: ["staff", "desk"], queryFn: () => api.get("/cases/counts/") });
  return <Button onClick={() => void refetch()}>Обновить стол</Button>;
};

const open = (answer: object) => {
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(answer)),
    http.get(`${API}/cases/counts/`, () => HttpResponse.json({})),
  );
  renderScreen(
    <StaffGate>
      <Desk />
    </StaffGate>,
  );
};

const manager = (heldBack = "", abilities = ["staff.area", "case.see_pool"]) =>
  session({
    authenticated: true,
    user: {
      id: "b7318bbd-9119-4aba-8d63-578649c7e635",
      full_name: "Ахметова Динара Сериковна",
      masked_phone: "",
      email: "manager1@kenes.sandbox",
      language: "ru",
      roles: ["manager"],
      has_iin: false,
      abilities,
      held_back: heldBack,
    },
  });

beforeEach(() => window.history.replaceState(null, "", "/ru/staff/cases?assignee=me"));

test("a stranger is sent to sign in and back to the same list", async () => {
  open(session());
  await vi.waitFor(() => expect(window.location.pathname).toBe("/ru/sign-in/staff"));
  expect(new URLSearchParams(window.location.search).get("next")).toBe("/staff/cases?assignee=me");
});

test("a borrower is told that this is not the place", async () => {
  open(borrowerSession());
  expect(await screen.findByText("Это действие вам недоступно")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Обновить стол" })).not.toBeInTheDocument();
});

test("a colleague is told that a section which his abilities do not open is not his", async () => {
  open(manager("", ["staff.area", "law.edit"]));
  expect(await screen.findByText("Это действие вам недоступно")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Обновить стол" })).not.toBeInTheDocument();
});

test("rights that wait for the second factor lead to setting it up and back here", async () => {
  open(manager("second_factor"));
  const link = await screen.findByRole("link", { name: "Настроить сейчас" });
  expect(link).toHaveAttribute(
    "href",
    `/ru/account/second-factor?next=${encodeURIComponent("/staff/cases?assignee=me")}`,
  );
  expect(screen.queryByRole("button", { name: "Обновить стол" })).not.toBeInTheDocument();
});

test("a session that ends at work keeps the page and offers to sign in beside it", async () => {
  open(manager());
  const refresh = await screen.findByRole("button", { name: "Обновить стол" });
  server.use(http.get(`${API}/cases/counts/`, () => problem(401, "not_authenticated")));
  await userEvent.click(refresh);
  expect(await screen.findByText(/Вы вышли из системы/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Войти" })).toHaveAttribute("target", "_blank");
  server.use(http.get(`${API}/cases/counts/`, () => HttpResponse.json({})));
  await userEvent.click(refresh);
  await vi.waitFor(() => expect(screen.queryByText(/Вы вышли из системы/)).not.toBeInTheDocument());
});
