import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { RoleCatalogue } from "../types";
import { RoleList } from "./role-list";

const ROLE = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";

const catalogue = (version = 3): RoleCatalogue => ({
  built_in: [{ code: "manager", label: "Менеджер", abilities: ["case.work"], is_staff: true, by_hand: true }],
  custom: [
    {
      id: ROLE,
      name_ru: "Контролёр",
      name_kk: "Бақылаушы",
      name_en: "Controller",
      name: "Контролёр",
      abilities: ["case.work"],
      version,
      people_count: 2,
      archived: false,
    },
  ],
  catalogue: [
    {
      code: "case.file",
      group: "cases",
      group_label: "Дела",
      label: "Подать дело",
      grantable: false,
      sensitive: false,
    },
    {
      code: "case.work",
      group: "cases",
      group_label: "Дела",
      label: "Вести дела",
      grantable: true,
      sensitive: false,
    },
    {
      code: "security_log.see",
      group: "system",
      group_label: "Система",
      label: "Видеть журнал безопасности",
      grantable: true,
      sensitive: true,
    },
  ],
});

let version: number;

beforeEach(() => {
  document.cookie = "csrftoken=x";
  version = 3;
  server.use(http.get(`${API}/roles/`, () => HttpResponse.json(catalogue(version))));
});

test("without the right to edit, roles are for reading", async () => {
  renderScreen(<RoleList abilities={["staff.area", "role.grant"]} />);
  expect(await screen.findByText("Менеджер")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Новая роль" })).not.toBeInTheDocument();
  expect(screen.queryByText("Изменить роль")).not.toBeInTheDocument();
});

test("a new role holds names in three languages and grantable abilities only; searching unticks nothing", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${API}/roles/`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({}, { status: 201 });
    }),
  );
  renderScreen(<RoleList abilities={["role.edit"]} />);
  await userEvent.click(await screen.findByRole("button", { name: "Новая роль" }));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).queryByRole("checkbox", { name: /Подать дело/ })).not.toBeInTheDocument();
  await userEvent.click(within(dialog).getByRole("checkbox", { name: "Вести дела" }));
  await userEvent.type(within(dialog).getByRole("searchbox"), "журнал");
  expect(within(dialog).queryByRole("checkbox", { name: "Вести дела" })).not.toBeInTheDocument();
  await userEvent.click(within(dialog).getByRole("checkbox", { name: /журнал безопасности.*особое право/ }));
  await userEvent.type(within(dialog).getByLabelText("Название на русском"), "Ревизор");
  await userEvent.type(within(dialog).getByLabelText("Название на казахском"), "Тексеруші");
  await userEvent.click(within(dialog).getByRole("button", { name: "Создать роль" }));
  expect(within(dialog).getByText("Заполните это поле")).toBeVisible();
  expect(sent).toHaveLength(0);
  await userEvent.type(within(dialog).getByLabelText("Название на английском"), "Auditor");
  await userEvent.click(within(dialog).getByRole("button", { name: "Создать роль" }));
  await vi.waitFor(() =>
    expect(sent).toEqual([
      {
        name_ru: "Ревизор",
        name_kk: "Тексеруші",
        name_en: "Auditor",
        abilities: ["case.work", "security_log.see"],
      },
    ]),
  );
});

test("a role that somebody changed meanwhile is told of, and what was typed goes with the new version", async () => {
  const versions: unknown[] = [];
  server.use(
    http.patch(`${API}/roles/${ROLE}/`, async ({ request }) => {
      const body = (await request.json()) as { version: number; name_ru: string };
      versions.push([body.version, body.name_ru]);
      if (body.version === 3) {
        version = 4;
        return problem(409, "accounts.changed_meanwhile");
      }
      return HttpResponse.json({});
    }),
  );
  renderScreen(<RoleList abilities={["role.edit"]} />);
  await userEvent.click(await screen.findByText("Контролёр"));
  await userEvent.click(screen.getByRole("button", { name: "Изменить роль" }));
  const dialog = screen.getByRole("dialog");
  const name = within(dialog).getByLabelText("Название на русском");
  await userEvent.clear(name);
  await userEvent.type(name, "Старший контролёр");
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить роль" }));
  expect(await within(dialog).findByText("Запись изменилась")).toBeVisible();
  expect(name).toHaveValue("Старший контролёр");
  await vi.waitFor(async () => {
    await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить роль" }));
    expect(versions.at(-1)).toEqual([4, "Старший контролёр"]);
  });
});

test("archiving says whom it touches first", async () => {
  const archived = vi.fn();
  server.use(
    http.delete(`${API}/roles/${ROLE}/`, () => {
      archived();
      return HttpResponse.json({});
    }),
  );
  renderScreen(<RoleList abilities={["role.edit"]} />);
  await userEvent.click(await screen.findByText("Контролёр"));
  await userEvent.click(screen.getByRole("button", { name: "В архив" }));
  expect(screen.getByText(/Роль потеряют 2 человека/)).toBeVisible();
  expect(archived).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Отправить в архив" }));
  await vi.waitFor(() => expect(archived).toHaveBeenCalledTimes(1));
});
