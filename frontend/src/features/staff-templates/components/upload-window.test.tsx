import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import { UploadWindow } from "./upload-window";

const refused = {
  type: "/problems/template.refused",
  title: "Шаблон использовать нельзя",
  status: 400,
  detail: "Исправьте перечисленное и загрузите файл снова.",
  code: "template.refused",
  problems: [
    {
      code: "variable_unknown",
      severity: "error",
      text: "Значения «borower.name» для этого документа нет.",
      part: "word/document.xml",
      paragraph: 4,
      quote: "от {{ borower.name }}",
      tag: "{{ borower.name }}",
      near: ["borrower.name"],
    },
    {
      code: "font",
      severity: "warning",
      text: "В шрифте «Impact» может не быть казахских букв.",
      part: "word/footer1.xml",
      paragraph: 1,
      quote: "",
      tag: "",
      near: [],
    },
  ],
};

const docx = new File(["x"], "письмо.docx", {
  type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
});

beforeEach(() => {
  document.cookie = "csrftoken=x";
});

const choose = async (onDone = vi.fn()) => {
  renderScreen(
    <UploadWindow
      title="Новая редакция"
      place={{ code: "RATE_CUT", language: "ru" }}
      onDone={onDone}
      onClose={vi.fn()}
    />,
  );
  const dialog = screen.getByRole("dialog");
  await userEvent.upload(within(dialog).getByLabelText("Выбрать файл"), docx);
  return dialog;
};

test("everything that is wrong stands in the window, each with its place, and the next file may be chosen", async () => {
  server.use(
    http.post(`${API}/staff/templates/kinds/RATE_CUT/ru/`, () => HttpResponse.json(refused, { status: 400 })),
  );
  const dialog = await choose();
  expect(await within(dialog).findByText(/найдена 1 ошибка/)).toBeVisible();
  const items = within(dialog).getAllByRole("listitem");
  expect(items).toHaveLength(2);
  expect(items[0]).toHaveTextContent("Текст документа, абзац 4");
  expect(items[0]).toHaveTextContent("Может быть: borrower.name");
  expect(within(dialog).getByText("{{ borower.name }}").tagName).toBe("MARK");
  expect(items[1]).toHaveTextContent("Нижний колонтитул, абзац 1");
  expect(within(dialog).getByLabelText("Загрузить исправленный")).toBeEnabled();
});

test("another failure is told in its own words", async () => {
  server.use(
    http.post(`${API}/staff/templates/kinds/RATE_CUT/ru/`, () =>
      HttpResponse.json(
        { status: 409, code: "template.same", detail: "Эта редакция и так действует." },
        { status: 409 },
      ),
    ),
  );
  const onDone = vi.fn();
  const dialog = await choose(onDone);
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("Эта редакция и так действует.");
  expect(onDone).not.toHaveBeenCalled();
});
