import { useMutation } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { Button } from "@/components/ui/button";
import { api } from "@/lib/api-client";
import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server, session } from "@/testing/server";

import { ViewAsGate } from "./view-as-gate";

const viewing = (minutes: number) => ({
  ...borrowerSession(),
  viewing: {
    id: "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01",
    person_name: "Сейтқали Айгүл",
    staff_name: "Ахметова Динара",
    reason: "не видит письмо",
    expires_at: new Date(Date.now() + minutes * 60_000 + 20_000).toISOString(),
  },
});

const Page = () => {
  const change = useMutation({ mutationFn: () => api.post("/cases/1/facts/", {}) });
  return (
    <>
      <ViewAsGate />
      <Button onClick={() => change.mutate()}>Записать</Button>
    </>
  );
};

const show = (answer: object) => {
  server.use(http.get(`${API}/session/`, () => HttpResponse.json(answer)));
  renderScreen(<Page />);
};

beforeEach(() => {
  document.cookie = "csrftoken=x";
  window.history.replaceState(null, "", "/ru/cases");
});

test("the bar names whose eyes, who looks, why and how long", async () => {
  show(viewing(12));
  expect(await screen.findByRole("status")).toHaveTextContent("Вы смотрите как Сейтқали Айгүл.");
  const bar = screen.getByRole("region", { name: "Просмотр глазами другого человека" });
  expect(bar).toHaveTextContent("Ахметова Динара");
  expect(bar).toHaveTextContent("не видит письмо");
  expect(bar).toHaveTextContent("осталось 12 минут");
});

test("ending leads back to the workplace under one's own name", async () => {
  show(viewing(12));
  server.use(http.post(`${API}/view-as/end/`, () => HttpResponse.json(session({ viewing: null }))));
  await userEvent.click(await screen.findByRole("button", { name: "Закончить просмотр" }));
  await vi.waitFor(() => expect(window.location.pathname).toBe("/ru/staff"));
  expect(screen.queryByRole("region")).not.toBeInTheDocument();
});

test("a change that the server refuses is explained on any page", async () => {
  show(viewing(12));
  server.use(http.post(`${API}/cases/1/facts/`, () => problem(403, "auth.viewing_only")));
  await screen.findByRole("region");
  await userEvent.click(screen.getByRole("button", { name: "Записать" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("ничего менять нельзя");
});

test("one's own session shows no bar", async () => {
  show({ ...borrowerSession(), viewing: null });
  await screen.findByRole("button", { name: "Записать" });
  expect(screen.queryByRole("region")).not.toBeInTheDocument();
});
