import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { ActivityScreen } from "./activity";

test("what happened to the account is listed with its time and the way to security", async () => {
  server.use(
    http.get(`${API}/me/security-log/`, () =>
      HttpResponse.json({
        items: [
          {
            id: "1",
            at: "2026-11-24T19:30:00Z",
            type: "account.signed_in",
            title: "Вход в систему",
            actor_label: "Вы",
            subject_label: null,
            details: ["Chrome на Android"],
          },
        ],
        next_cursor: null,
      }),
    ),
  );
  renderScreen(<ActivityScreen />);
  expect(await screen.findByRole("heading", { name: "Вход в систему" })).toBeVisible();
  expect(screen.getByText("Chrome на Android")).toBeVisible();
  expect(screen.getByRole("link", { name: /Завершите чужие сеансы/ })).toHaveAttribute(
    "href",
    "/ru/account/security",
  );
});

test("an empty log and a refused one each have their words", async () => {
  server.use(http.get(`${API}/me/security-log/`, () => HttpResponse.json({ items: [], next_cursor: null })));
  const { unmount } = renderScreen(<ActivityScreen />);
  expect(await screen.findByText("Записей пока нет")).toBeVisible();
  unmount();
  server.use(http.get(`${API}/me/security-log/`, () => problem(403, "forbidden")));
  renderScreen(<ActivityScreen />);
  expect(await screen.findByText("Это действие вам недоступно")).toBeVisible();
});
