import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { Profile } from "../types";
import { ProfileScreen } from "./profile";

const PROFILE = `${API}/me/profile/`;

const made = (): Profile => ({
  full_name: "Сериков Арман Болатович",
  full_name_kk: "",
  masked_iin: "••••••••0122",
  birth_date: "1990-01-01",
  language: "ru",
  masked_phone: "+7 ••• ••• 18 41",
  email: "arman@mail.kz",
  email_verified: false,
  addresses: [{ kind: "registered", text: "г. Алматы, ул. Абая, 1" }],
  papers: [
    {
      kind: "id_card",
      masked_number: "••••••789",
      issued_by: "МВД РК",
      issued_on: "2020-05-01",
      valid_until: "2024-05-01",
    },
  ],
  channels: { preferred: "sms", quiet_from: null, quiet_until: null },
  photo_url: null,
  version: 3,
});

let current: Profile;
const sent = vi.fn();

beforeEach(() => {
  current = made();
  sent.mockReset();
  server.use(
    http.get(PROFILE, () => HttpResponse.json(current)),
    http.patch(PROFILE, async ({ request }) => {
      const body = (await request.json()) as object;
      sent(body);
      current = { ...current, version: current.version + 1 };
      return HttpResponse.json(current);
    }),
  );
});

const open = async () => {
  renderScreen(<ProfileScreen />);
  await screen.findByRole("heading", { name: "Имя и ИИН" });
};

test("secrets are shown masked, and a paper that ran out says so", async () => {
  await open();
  expect(screen.getByText("••••••••0122")).toBeVisible();
  expect(screen.getByText("••••••789")).toBeVisible();
  expect(screen.getByText("срок вышел")).toBeVisible();
  expect(screen.getByText("не подтверждена")).toBeVisible();
});

test("an empty name is refused here, and only the changed part is sent with its version", async () => {
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Изменить имя" }));
  const name = screen.getByLabelText("Имя по-русски");
  expect(name).toHaveFocus();
  await userEvent.clear(name);
  await userEvent.click(screen.getByRole("button", { name: "Сохранить" }));
  expect(await screen.findByText("Заполните это поле")).toBeVisible();
  expect(sent).not.toHaveBeenCalled();
  await userEvent.type(name, " Сериков Арман ");
  await userEvent.click(screen.getByRole("button", { name: "Сохранить" }));
  expect(await screen.findByText("Сохранено")).toBeVisible();
  expect(sent).toHaveBeenCalledWith({ version: 3, full_name: "Сериков Арман", full_name_kk: "" });
});

test("the server's word stands at its field and what was typed stays", async () => {
  server.use(
    http.patch(PROFILE, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/full_name", code: "invalid", detail: "Имя пишется буквами." }],
      }),
    ),
  );
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Изменить имя" }));
  const name = screen.getByLabelText("Имя по-русски");
  await userEvent.clear(name);
  await userEvent.type(name, "Арман 7");
  await userEvent.click(screen.getByRole("button", { name: "Сохранить" }));
  expect(await screen.findByText("Имя пишется буквами.")).toBeVisible();
  expect(name).toHaveValue("Арман 7");
  expect(name).toHaveAttribute("aria-invalid", "true");
});

test("a profile that changed in another window says so and keeps the form open", async () => {
  server.use(
    http.patch(PROFILE, () =>
      problem(409, "accounts.profile_changed_meanwhile", { detail: "Профиль изменили в другом окне." }),
    ),
  );
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Изменить адреса" }));
  await userEvent.type(screen.getByLabelText(/Где вы живёте/), "г. Астана");
  await userEvent.click(screen.getByRole("button", { name: "Сохранить" }));
  expect(await screen.findByText("Профиль изменили в другом окне.")).toBeVisible();
  expect(screen.getByLabelText(/Где вы живёте/)).toHaveValue("г. Астана");
});

test("a second paper goes with the first one as it is, whose number the server keeps", async () => {
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Добавить документ" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить" }));
  expect(await within(dialog).findByText("Заполните это поле")).toBeVisible();
  await userEvent.type(within(dialog).getByLabelText("Номер документа"), "N1234567");
  await userEvent.type(within(dialog).getByLabelText(/Дата выдачи/), "01022021");
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить" }));
  await vi.waitFor(() => expect(sent).toHaveBeenCalled());
  expect(sent.mock.calls[0]?.[0]).toEqual({
    version: 3,
    papers: [
      { kind: "id_card", issued_by: "МВД РК", issued_on: "2020-05-01", valid_until: "2024-05-01" },
      { kind: "passport", number: "N1234567", issued_by: "", issued_on: "2021-02-01", valid_until: null },
    ],
  });
});

test("quiet hours need both ends", async () => {
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Изменить способ связи" }));
  await userEvent.type(screen.getByLabelText("С"), "22:00");
  await userEvent.click(screen.getByRole("button", { name: "Сохранить" }));
  expect(await screen.findByText(/Укажите и начало, и конец/)).toBeVisible();
  expect(sent).not.toHaveBeenCalled();
});

test("a file that is no picture is refused before it leaves, a photo says that it is being checked", async () => {
  const received = vi.fn();
  server.use(
    http.put(`${API}/me/photo/`, async ({ request }) => {
      received((await request.formData()).get("file"));
      return HttpResponse.json({ photo_url: null });
    }),
  );
  URL.createObjectURL = () => "blob:photo";
  URL.revokeObjectURL = () => undefined;
  await open();
  const input = screen.getByTestId("photo-file");
  const user = userEvent.setup({ applyAccept: false });
  await user.upload(input, new File(["x"], "letter.txt", { type: "text/plain" }));
  expect(await screen.findByText(/Такой файл не подойдёт/)).toBeVisible();
  expect(received).not.toHaveBeenCalled();
  await user.upload(input, new File(["jpeg"], "me.jpg", { type: "image/jpeg" }));
  expect(await screen.findByText(/Проверяем файл на вирусы/)).toBeVisible();
  expect(received).toHaveBeenCalledTimes(1);
  expect(screen.queryByText(/Такой файл не подойдёт/)).not.toBeInTheDocument();
});

test("a refused reading says that this is not open", async () => {
  server.use(http.get(PROFILE, () => problem(403, "forbidden")));
  renderScreen(<ProfileScreen />);
  expect(await screen.findByText("Это действие вам недоступно")).toBeVisible();
});
