import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { Tag } from "../queries";
import { TagListPage } from "./tag-list";

const tag = (id: number, name: string, extra: Partial<Tag> = {}): Tag => ({
  id: `00000000-0000-4000-8000-00000000000${id}`,
  name,
  name_ru: name,
  name_kk: "",
  name_en: "",
  colour: "red",
  archived: false,
  merged_into: null,
  cases: 0,
  ...extra,
});

let sent: { url: string; body: unknown }[];
let items: Tag[];
let actions: string[];

beforeEach(() => {
  document.cookie = "csrftoken=x";
  sent = [];
  actions = ["edit"];
  items = [tag(1, "Семья", { cases: 5, name_kk: "Отбасы" }), tag(2, "Семьи", { cases: 2 })];
  const keep = async ({ request }: { request: Request }) => {
    sent.push({ url: new URL(request.url).pathname, body: await request.json() });
    return HttpResponse.json({});
  };
  server.use(
    http.get(`${API}/tags/`, () => HttpResponse.json({ items, allowed_actions: actions })),
    http.post(`${API}/tags/`, keep),
    http.patch(`${API}/tags/:id/`, keep),
    http.post(`${API}/tags/:id/join/`, keep),
  );
});

const press = async (name: string, where = screen.getByRole("list")) =>
  userEvent.click(await within(where).findByRole("button", { name }));

test("a tag shows how many cases carry it and leads to them", async () => {
  renderScreen(<TagListPage />);
  expect(await screen.findByRole("link", { name: "5 дел" })).toHaveAttribute(
    "href",
    expect.stringContaining(`tag=${items[0]?.id}`),
  );
  expect(screen.getByText("Отбасы")).toBeVisible();
});

test("names in three languages and the colour are saved together", async () => {
  renderScreen(<TagListPage />);
  await screen.findByText("Отбасы");
  await press("Изменить метку «Семья»");
  const dialog = screen.getByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText(/Название по-английски/), "Family");
  await userEvent.click(within(dialog).getByRole("radio", { name: "Зелёный" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить метку" }));
  expect(await screen.findByText("Метка сохранена")).toBeVisible();
  expect(sent[0]?.body).toEqual({ name: "Семья", name_kk: "Отбасы", name_en: "Family", colour: "green" });
});

test("a name that is taken is said in the window and keeps what was typed", async () => {
  server.use(
    http.post(`${API}/tags/`, () =>
      problem(409, "case.tag_name_taken", { detail: "Метка с таким названием уже есть." }),
    ),
  );
  renderScreen(<TagListPage />);
  await userEvent.click(await screen.findByRole("button", { name: "Новая метка" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Создать метку" }));
  expect(sent).toEqual([]);
  await userEvent.type(within(dialog).getByLabelText("Название по-русски"), "семья");
  await userEvent.click(within(dialog).getByRole("button", { name: "Создать метку" }));
  expect(await within(dialog).findByRole("alert")).toBeVisible();
  expect(within(dialog).getByLabelText("Название по-русски")).toHaveValue("семья");
});

test("joining says on how many cases and asks for the other tag", async () => {
  renderScreen(<TagListPage />);
  await screen.findByText("Отбасы");
  await press("Объединить метку «Семьи» с другой");
  const dialog = screen.getByRole("dialog");
  expect(dialog).toHaveTextContent("На 2 делах вместо неё встанет другая");
  await userEvent.click(within(dialog).getByRole("button", { name: "Объединить" }));
  expect(sent).toEqual([]);
  await userEvent.selectOptions(within(dialog).getByRole("combobox"), "Семья");
  await userEvent.click(within(dialog).getByRole("button", { name: "Объединить" }));
  expect(await screen.findByText("Метки объединены")).toBeVisible();
  expect(sent[0]).toEqual({
    url: expect.stringContaining(`${items[1]?.id}/join/`) as string,
    body: { into_id: items[0]?.id },
  });
});

test("a joined tag says into which one and cannot be changed", async () => {
  items = [tag(1, "Семья"), tag(2, "Семьи", { archived: true, merged_into: tag(1, "").id })];
  renderScreen(<TagListPage />);
  expect(await screen.findByText("объединена с «Семья»")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Изменить метку «Семьи»" })).toBeNull();
});

test("who may not edit only reads, and an empty list says what to do", async () => {
  actions = [];
  renderScreen(<TagListPage />);
  await screen.findByText("Отбасы");
  expect(screen.queryByRole("button")).toBeNull();
});

test("the page has no faults of accessibility", async () => {
  const { container } = renderScreen(<TagListPage />);
  await screen.findByText("Отбасы");
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations).toEqual([]);
});
