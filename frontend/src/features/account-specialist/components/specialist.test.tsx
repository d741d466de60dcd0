import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server } from "@/testing/server";
import { tusServer } from "@/testing/tus-server";

import type { Specialist } from "../types";
import { SpecialistScreen } from "./specialist";

const OWN = `${API}/me/specialist/`;

const entry = (extra: Partial<Specialist> = {}): Specialist => ({
  id: "7c0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01",
  kind: "lawyer",
  kind_label: "Юрист",
  register_name: "Палата юридических консультантов",
  register_number: "123",
  issued_on: "2020-01-10",
  valid_until: null,
  specialisations: ["court"],
  specialisation_labels: ["Представительство в суде"],
  region: "Алматы",
  has_proof: true,
  proof_file_id: null,
  status: "draft",
  status_label: "Заполняется",
  submitted_at: null,
  check_note: "",
  version: 2,
  allowed_actions: ["edit", "attach_proof", "submit"],
  ...extra,
});

const CATALOGUE = [
  { code: "court", label: "Представительство в суде", kinds: ["lawyer"] },
  { code: "powers_of_attorney", label: "Доверенности и согласия", kinds: ["notary"] },
];

let items: Specialist[];

beforeEach(() => {
  items = [];
  localStorage.clear();
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession())),
    http.get(OWN, () => HttpResponse.json({ items, catalogue: CATALOGUE })),
  );
});

test("a lawyer fills in the entry with fields of work of lawyers only", async () => {
  const written = vi.fn();
  server.use(
    http.put(`${OWN}lawyer/`, async ({ request }) => {
      written(await request.json());
      items = [entry({ has_proof: false })];
      return HttpResponse.json(items[0]);
    }),
  );
  renderScreen(<SpecialistScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Я юрист" }));
  await userEvent.click(screen.getByRole("button", { name: "Сохранить" }));
  expect((await screen.findAllByText("Заполните это поле")).length).toBeGreaterThan(1);
  expect(screen.queryByRole("checkbox", { name: "Доверенности и согласия" })).not.toBeInTheDocument();
  await userEvent.type(screen.getByLabelText("Реестр или палата"), "Палата");
  await userEvent.type(screen.getByLabelText("Номер в реестре или номер лицензии"), "77");
  await userEvent.type(screen.getByLabelText("Дата выдачи"), "10012020");
  await userEvent.click(screen.getByRole("checkbox", { name: "Представительство в суде" }));
  await userEvent.click(screen.getByRole("button", { name: "Сохранить" }));
  expect(await screen.findByText("Данные сохранены")).toBeVisible();
  expect(written).toHaveBeenCalledWith({
    register_name: "Палата",
    register_number: "77",
    issued_on: "2020-01-10",
    valid_until: null,
    specialisations: ["court"],
    region: "",
  });
  expect(await screen.findByRole("button", { name: "Отправить на проверку" })).toBeDisabled();
  expect(screen.getByText("Сначала приложите документ.")).toBeVisible();
});

test("the proof is sent as it is chosen and the entry can be handed in", async () => {
  items = [entry({ has_proof: false })];
  server.use(
    ...tusServer().handlers,
    http.post(`${OWN}lawyer/proof/`, () => {
      items = [entry()];
      return HttpResponse.json(items[0]);
    }),
    http.post(`${OWN}lawyer/submit/`, () => {
      items = [entry({ status: "submitted", status_label: "Проверяется", allowed_actions: ["edit"] })];
      return HttpResponse.json(items[0]);
    }),
  );
  renderScreen(<SpecialistScreen />);
  const user = userEvent.setup();
  await user.upload(
    await screen.findByLabelText("Выбрать файл"),
    new File(["%PDF"], "licence.pdf", { type: "application/pdf" }),
  );
  expect(await screen.findByText("Документ приложен")).toBeVisible();
  await user.click(await screen.findByRole("button", { name: "Отправить на проверку" }));
  expect(await screen.findByText("Проверяется")).toBeVisible();
});

test("a refusal shows the words of the checker; what is missing is explained", async () => {
  items = [
    entry({ status: "rejected", status_label: "Не подтверждено", check_note: "Номер не найден в реестре." }),
  ];
  server.use(
    http.post(`${OWN}lawyer/submit/`, () =>
      problem(400, "validation", { errors: [{ pointer: "/issued_on", code: "required", detail: "Нужно." }] }),
    ),
  );
  renderScreen(<SpecialistScreen />);
  expect(await screen.findByText("Номер не найден в реестре.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Отправить на проверку" }));
  expect(await screen.findByText("Заполнено не всё")).toBeVisible();
});

test("checked details are changed only after being told that the check begins anew", async () => {
  items = [
    entry({ status: "approved", status_label: "Проверено", allowed_actions: ["edit", "attach_proof"] }),
  ];
  renderScreen(<SpecialistScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Изменить данные" }));
  expect(screen.getByText(/не сможете работать с делами/)).toBeVisible();
  expect(screen.queryByLabelText("Реестр или палата")).not.toBeInTheDocument();
  const confirm = screen.getAllByRole("button", { name: "Изменить данные" }).at(-1);
  if (confirm) await userEvent.click(confirm);
  expect(await screen.findByLabelText("Реестр или палата")).toHaveValue("Палата юридических консультантов");
});
