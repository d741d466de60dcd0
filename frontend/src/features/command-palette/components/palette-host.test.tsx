import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import { useOfferCommands } from "../page-commands";
import { PaletteHost } from "./palette-host";

const searched: unknown[] = [];
const done = vi.fn();
const COMMANDS = [{ id: "assign", title: "Назначить", letters: ["a"], run: done }];
const SECTIONS = [{ key: "cases", href: "/staff/cases", title: "Дела", letter: "c" }];

const Page = () => {
  useOfferCommands(COMMANDS);
  return <input aria-label="Заметка" />;
};

beforeEach(() => {
  searched.length = 0;
  done.mockClear();
  server.use(
    http.get(`${API}/cases/views/`, () => HttpResponse.json({ items: [] })),
    http.post(`${API}/cases/search/`, async ({ request }) => {
      searched.push(await request.json());
      return HttpResponse.json({ items: [], next_cursor: null });
    }),
  );
  renderScreen(
    <>
      <Page />
      <PaletteHost sections={SECTIONS} seesCases />
    </>,
  );
});

test("Ctrl+K opens the palette in any layout; what the page can do is run from it", async () => {
  await userEvent.keyboard("{Control>}[KeyK]{/Control}");
  await userEvent.type(await screen.findByRole("combobox"), "назн");
  expect(screen.getAllByRole("option")).toHaveLength(1);
  await userEvent.keyboard("{Enter}");
  expect(done).toHaveBeenCalledOnce();
  expect(screen.queryByRole("combobox")).not.toBeInTheDocument();
  await vi.waitFor(() => expect(window.location.href).not.toContain("%D0"));
});

test("letters of the page work outside of fields only", async () => {
  await userEvent.type(screen.getByLabelText("Заметка"), "a");
  expect(done).not.toHaveBeenCalled();
  screen.getByLabelText("Заметка").blur();
  await userEvent.keyboard("[KeyA]");
  expect(done).toHaveBeenCalledOnce();
});
