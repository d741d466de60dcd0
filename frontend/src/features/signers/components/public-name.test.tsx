import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { PublicName as Shows } from "@/api/signing";
import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { DOCUMENT, round, signer } from "../testing/round";
import { PublicName } from "./public-name";

const LABEL = "Ваше имя на странице проверки";
const PATH = `${API}/documents/${DOCUMENT}/public-name/`;

const show = (own: Shows | null) => {
  const signers = [
    signer({ status: "signed", is_me: true, public_name: own }),
    signer({ id: "s2", status: "signed" }),
  ];
  const standing = round({ id: "r", status: "completed", signers, allowed_actions: [] });
  server.use(http.get(`${API}/documents/${DOCUMENT}/signing/`, () => HttpResponse.json(standing)));
  renderScreen(<PublicName documentId={DOCUMENT} />);
};

const keep = () => {
  const bodies: unknown[] = [];
  server.use(
    http.patch(PATH, async (call) => {
      const body = await call.request.json();
      bodies.push(body);
      return HttpResponse.json(body);
    }),
  );
  return bodies;
};

test("shows what is kept; a choice is saved at once and confirmed", async () => {
  show("short");
  const bodies = keep();
  const select = await screen.findByRole("combobox", { name: LABEL });
  expect(select).toHaveDisplayValue("Фамилия и инициалы");

  await userEvent.selectOptions(select, "Не показывать");

  expect(await screen.findByText("Сохранено. Имени на странице нет.")).toBeVisible();
  expect(screen.getByRole("status")).toHaveTextContent("Сохранено");
  expect(select).toHaveDisplayValue("Не показывать");
  expect(bodies).toEqual([{ shows: "hidden" }]);
});

test("is reached with the keyboard, and the last of several quick choices stays", async () => {
  show("hidden");
  const bodies = keep();
  const select = await screen.findByRole("combobox", { name: LABEL });
  await userEvent.tab();
  expect(select).toHaveFocus();

  await userEvent.selectOptions(select, "Полное имя");
  await userEvent.selectOptions(select, "Фамилия и инициалы");

  expect(await screen.findByText("Сохранено. На странице видны фамилия и инициалы.")).toBeVisible();
  expect(select).toHaveDisplayValue("Фамилия и инициалы");
  expect(bodies).toEqual([{ shows: "full" }, { shows: "short" }]);
});

test("what could not be saved stays chosen, says so and is saved with one press", async () => {
  show("short");
  server.use(http.patch(PATH, () => problem(409, "signing.not_public_yet", { detail: "Подписали не все" })));
  const select = await screen.findByRole("combobox", { name: LABEL });
  await userEvent.selectOptions(select, "Полное имя");

  expect(await screen.findByText("Подписали не все")).toBeVisible();
  expect(screen.getByText("Не сохранено, на странице всё по-прежнему.")).toBeVisible();
  expect(select).toHaveDisplayValue("Полное имя");

  const bodies = keep();
  await userEvent.click(screen.getByRole("button", { name: "Сохранить ещё раз" }));

  expect(await screen.findByText("Сохранено. На странице видно полное имя.")).toBeVisible();
  await waitFor(() => expect(screen.queryByText(/Не сохранено/)).toBeNull());
  expect(bodies).toEqual([{ shows: "full" }]);
});

test("there is nothing for who did not sign, and nothing before everybody has", async () => {
  show(null);
  await new Promise((done) => setTimeout(done, 50));
  expect(screen.queryByRole("combobox")).toBeNull();
});
