import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server, staffSession } from "@/testing/server";

import type { StaffCreditor } from "../queries";
import { CreditorCard } from "./creditor-card";

const CREDITOR_ID = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";
const ADDRESS_ID = "1c0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f02";
const CONFIRM = `${API}/creditors/${CREDITOR_ID}/addresses/${ADDRESS_ID}/confirm/`;

const creditor = (status: "unverified" | "confirmed"): StaffCreditor => ({
  id: CREDITOR_ID,
  name: "ТОО «Айқын Қаржы»",
  name_kk: "",
  name_en: "",
  type: "MFO",
  type_label: "МФО",
  bin: null,
  bic: "",
  status: "unverified",
  organisation_id: null,
  addresses: [
    {
      id: ADDRESS_ID,
      kind: "email",
      value: "office@aiqyn.kz",
      status,
      confirmed_at: status === "confirmed" ? "2026-11-25T09:00:00Z" : null,
      confirmed_by: null,
    },
  ],
  allowed_actions: ["add_address", "confirm_address"],
});

let current: StaffCreditor;

beforeEach(() => {
  current = creditor("unverified");
  server.use(http.get(`${API}/creditors/${CREDITOR_ID}/`, () => HttpResponse.json(current)));
});

const ask = async () => {
  renderScreen(<CreditorCard creditorId={CREDITOR_ID} />);
  await userEvent.click(await screen.findByRole("button", { name: "Подтвердить адрес" }));
  return screen.getByRole("dialog");
};

test("confirming says what it sets free, and nothing happens before the second press", async () => {
  const confirmed = vi.fn();
  server.use(
    http.post(CONFIRM, () => {
      confirmed();
      current = creditor("confirmed");
      return HttpResponse.json(current);
    }),
  );
  const dialog = await ask();
  expect(within(dialog).getByText("office@aiqyn.kz")).toBeVisible();
  expect(within(dialog).getByText(/Отозвать отправленное нельзя/)).toBeVisible();
  expect(confirmed).not.toHaveBeenCalled();
  await userEvent.click(within(dialog).getByRole("button", { name: "Подтвердить и отправить" }));
  expect(await screen.findByText(/^Подтверждён 25 ноября/)).toBeVisible();
  expect(confirmed).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole("button", { name: "Подтвердить адрес" })).not.toBeInTheDocument();
});

test("an address that a colleague has just confirmed counts as done", async () => {
  server.use(
    http.post(CONFIRM, () => {
      current = creditor("confirmed");
      return problem(409, "creditor.address_already_confirmed");
    }),
  );
  const dialog = await ask();
  await userEvent.click(within(dialog).getByRole("button", { name: "Подтвердить и отправить" }));
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(await screen.findByText(/^Подтверждён/)).toBeVisible();
});

test("a new address is checked before it is sent, and the server's word stands at the field", async () => {
  server.use(
    http.post(`${API}/creditors/${CREDITOR_ID}/addresses/`, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/value", code: "charset", detail: "Только латинские буквы." }],
      }),
    ),
  );
  renderScreen(<CreditorCard creditorId={CREDITOR_ID} />);
  const field = await screen.findByLabelText("Новый адрес электронной почты");
  await userEvent.type(field, "почта");
  await userEvent.click(screen.getByRole("button", { name: "Добавить адрес" }));
  expect(screen.getByText("Адрес должен быть вида name@bank.kz")).toBeVisible();
  await userEvent.type(field, "@айқын.kz");
  await userEvent.click(screen.getByRole("button", { name: "Добавить адрес" }));
  expect(await screen.findByText("Только латинские буквы.")).toBeVisible();
  expect(field).toHaveValue("почта@айқын.kz");
});

const OFFICE = { id: "2d0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f03", name: "МФО «Айқын Қаржы»" };

test("who edits organisations names the lender's own one", async () => {
  const put = vi.fn();
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(staffSession(["organisation.edit"]))),
    http.get(`${API}/organisations/`, () => HttpResponse.json({ items: [OFFICE], next_cursor: null })),
    http.put(`${API}/creditors/${CREDITOR_ID}/organisation/`, async ({ request }) => {
      put(await request.json());
      current = { ...current, organisation_id: OFFICE.id };
      return HttpResponse.json(current);
    }),
  );
  renderScreen(<CreditorCard creditorId={CREDITOR_ID} />);
  const choice = await screen.findByRole("combobox", { name: "Организация кредитора здесь" });
  await screen.findByRole("option", { name: OFFICE.name });
  await userEvent.selectOptions(choice, OFFICE.id);
  expect(put).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Сохранить" }));
  await vi.waitFor(() => expect(put).toHaveBeenCalledWith({ organisation_id: OFFICE.id }));
});

test("others are not offered it", async () => {
  renderScreen(<CreditorCard creditorId={CREDITOR_ID} />);
  await screen.findByRole("button", { name: "Подтвердить адрес" });
  expect(screen.queryByRole("combobox")).not.toBeInTheDocument();
});
