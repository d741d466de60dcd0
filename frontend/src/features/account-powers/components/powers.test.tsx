import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server } from "@/testing/server";
import { tusServer } from "@/testing/tus-server";

import type { OwnPowers, Power } from "../types";
import { PowersScreen } from "./powers";
import { PowerWizard } from "./wizard";

const POWERS = `${API}/me/powers/`;

const power = (extra: Partial<Power> = {}): Power => ({
  id: "7c0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01",
  principal_name: "Сериков Арман",
  representative_name: "+7 ••• ••• 22 33",
  scope: ["view", "act"],
  number: "",
  issued_by: "",
  valid_from: "2026-11-25",
  valid_until: "2027-11-25",
  status: "active",
  status_label: "Действует",
  check_note: "",
  document_file_id: null,
  has_document: false,
  created_at: "2026-11-25T05:00:00Z",
  allowed_actions: ["revoke"],
  ...extra,
});

let own: OwnPowers;

beforeEach(() => {
  localStorage.clear();
  own = { given: [power()], received: [] };
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession())),
    http.get(POWERS, () => HttpResponse.json(own)),
  );
});

test("taking a power back says what ends, and the card follows", async () => {
  server.use(
    http.post(`${POWERS}:id/revoke/`, () => {
      own = {
        given: [power({ status: "revoked", status_label: "Отозвана", allowed_actions: [] })],
        received: [],
      };
      return HttpResponse.json(own.given[0]);
    }),
  );
  renderScreen(<PowersScreen />);
  expect(await screen.findByText(/с 25.ноября.2026.г. по 25.ноября.2027/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Отозвать: +7 ••• ••• 22 33" }));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).getByText(/сразу перестанет видеть ваши дела/)).toBeVisible();
  await userEvent.click(within(dialog).getByRole("button", { name: "Отозвать доверенность" }));
  expect(await screen.findByText("Отозвана")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Отозвать/ })).not.toBeInTheDocument();
});

test("without any power the page explains and offers the first", async () => {
  own = { given: [], received: [] };
  renderScreen(<PowersScreen />);
  expect(await screen.findByText("Доверенностей нет")).toBeVisible();
  expect(screen.getByRole("link", { name: "Выдать доверенность" })).toHaveAttribute(
    "href",
    "/ru/account/powers/new",
  );
});

const next = () => userEvent.click(screen.getByRole("button", { name: "Дальше" }));

const answer = async (scopes: RegExp[]) => {
  renderScreen(<PowerWizard />);
  await userEvent.type(await screen.findByLabelText(/Телефон человека/), "87012223344");
  await next();
  for (const scope of scopes) await userEvent.click(await screen.findByRole("checkbox", { name: scope }));
  await next();
  await userEvent.type(await screen.findByLabelText("Последний день"), "25112027");
  await next();
};

test("a wrong number does not lead on; a power to see and act is given in four steps", async () => {
  const given = vi.fn();
  server.use(
    http.post(POWERS, async ({ request }) => {
      given(await request.json());
      return HttpResponse.json(power(), { status: 201 });
    }),
  );
  renderScreen(<PowerWizard />);
  await userEvent.type(await screen.findByLabelText(/Телефон человека/), "8701");
  await next();
  expect(await screen.findByText(/Введите номер полностью/)).toBeVisible();
  await userEvent.type(screen.getByLabelText(/Телефон человека/), "2223344");
  await next();
  await userEvent.click(await screen.findByRole("checkbox", { name: /Действовать за меня/ }));
  await next();
  await userEvent.type(await screen.findByLabelText("Последний день"), "25112039");
  await next();
  expect(await screen.findByText("Доверенность выдают не больше чем на три года")).toBeVisible();
  await userEvent.clear(screen.getByLabelText("Последний день"));
  await userEvent.type(screen.getByLabelText("Последний день"), "25112027");
  await next();
  expect(await screen.findByText(/\+7.701.222.33.44/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Выдать доверенность" }));
  await vi.waitFor(() => expect(window.location.pathname).toBe("/ru/account/powers"));
  expect(given.mock.calls[0]?.[0]).toMatchObject({
    representative_phone: "+77012223344",
    scope: ["view", "act"],
    valid_until: "2027-11-25",
    number: "",
  });
  expect(Object.keys(localStorage).filter((key) => key.includes("power"))).toEqual([]);
});

test("the server's objection leads back to its question, and the answers are there", async () => {
  server.use(
    http.post(POWERS, () =>
      problem(400, "validation", {
        errors: [
          { pointer: "/representative_phone", code: "own", detail: "Укажите номер другого человека." },
        ],
      }),
    ),
  );
  await answer([]);
  await userEvent.click(await screen.findByRole("button", { name: "Выдать доверенность" }));
  expect(await screen.findByText("Укажите номер другого человека.")).toBeVisible();
  expect(screen.getByLabelText(/Телефон человека/)).toHaveValue("+7 701 222 33 44");
});

test("answers survive a reload", async () => {
  await answer([]);
  await screen.findByRole("button", { name: "Выдать доверенность" });
  document.body.innerHTML = "";
  renderScreen(<PowerWizard />);
  expect(await screen.findByText(/\+7.701.222.33.44/)).toBeVisible();
});

test("a power to sign asks for the paper and its scan; a wrong file does not leave", async () => {
  const waiting = power({
    scope: ["view", "sign"],
    status: "submitted",
    allowed_actions: ["revoke", "attach_document"],
  });
  const received = vi.fn();
  const tus = tusServer();
  server.use(
    http.post(POWERS, () => HttpResponse.json(waiting, { status: 201 })),
    ...tus.handlers,
    http.post(`${POWERS}:id/document/`, async ({ request }) => {
      received(await request.json());
      return HttpResponse.json({ ...waiting, has_document: true });
    }),
  );
  await answer([/Подписывать за меня письма/]);
  await userEvent.type(await screen.findByLabelText("Номер доверенности"), "1-234");
  await userEvent.type(screen.getByLabelText("Кто удостоверил"), "Нотариус Ахметова");
  await next();
  await userEvent.click(await screen.findByRole("button", { name: "Выдать доверенность" }));
  const input = await screen.findByLabelText("Выбрать скан или фото доверенности");
  const user = userEvent.setup({ applyAccept: false });
  await user.upload(input, new File(["x"], "power.docx", { type: "application/msword" }));
  expect(await screen.findByText(/Такой файл не подойдёт/)).toBeVisible();
  expect(tus.asked).toEqual([]);
  expect(received).not.toHaveBeenCalled();
  await user.upload(input, new File(["%PDF-1.7"], "power.pdf", { type: "application/pdf" }));
  await vi.waitFor(() => expect(received).toHaveBeenCalledWith({ upload: "upload-1" }));
});
