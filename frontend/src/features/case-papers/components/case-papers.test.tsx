import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import type { CaseDetail } from "@/api/types";
import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";
import { tusServer } from "@/testing/tus-server";

import type { CasePaper } from "../types";
import { BorrowerPapers } from "./borrower-papers";
import { ClosingCard } from "./closing-card";

const CASE = "7b0a6f1e-0000-4000-8000-000000000001";
const PAPER = "7b0a6f1e-0000-4000-8000-0000000000a1";

const paper = (extra: Partial<CasePaper> = {}): CasePaper => ({
  id: PAPER,
  code: "",
  origin: "asked",
  required: true,
  title: "Справка о доходах",
  why: "",
  where: "",
  needs_review: false,
  asked_at: "2026-11-20T05:00:00Z",
  asked_by: "Ахметова Динара",
  due_on: "2026-12-06",
  brings_on: null,
  state: "missing",
  unreadable_reason: "",
  file_id: null,
  file_name: null,
  file_state: "none",
  ...extra,
});

const detail = (extra: Partial<CaseDetail> = {}): CaseDetail =>
  ({
    id: CASE,
    status: "awaiting_borrower",
    papers: [paper()],
    allowed_actions: ["give_papers"],
    closing: "open",
    outcome_label: null,
    ...extra,
  }) as CaseDetail;

const asked = vi.fn();

beforeEach(() => {
  asked.mockReset();
  server.use(
    http.post(`${API}/cases/${CASE}/papers/${PAPER}/promise/`, async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json(detail({ papers: [paper({ brings_on: "2026-12-01" })] }));
    }),
    http.post(`${API}/cases/${CASE}/closing/`, async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json(detail({ status: "closed", closing: "confirmed" }));
    }),
  );
});

test("a paper says who asked, until when, and takes a day on which it is brought", async () => {
  renderScreen(<BorrowerPapers detail={detail()} />);
  expect(screen.getByText(/Ахметова Динара, 20.ноября/)).toBeVisible();
  expect(screen.getByText(/Нужен до 6.декабря/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Принесу лично: Справка о доходах" }));
  const dialog = screen.getByRole("dialog");
  const day = within(dialog).getByLabelText("День");
  await userEvent.clear(day);
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить день" }));
  expect(within(dialog).getByText("Введите день, месяц и год")).toBeVisible();
  expect(asked).not.toHaveBeenCalled();
  await userEvent.type(day, "01122026");
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить день" }));
  await vi.waitFor(() => expect(asked).toHaveBeenCalledWith({ on: "2026-12-01" }));
});

test("a file that did not pass the check asks for another one", () => {
  renderScreen(
    <BorrowerPapers detail={detail({ papers: [paper({ file_name: "скан.pdf", file_state: "refused" })] })} />,
  );
  expect(screen.getByText("Файл «скан.pdf» не прошёл проверку. Загрузите другой.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Заменить файл" })).toBeEnabled();
});

test("who only looks gives nothing, and a received paper takes nothing more", () => {
  renderScreen(
    <BorrowerPapers
      detail={detail({
        allowed_actions: [],
        papers: [paper(), paper({ id: `${PAPER.slice(0, -1)}2`, state: "received" })],
      })}
    />,
  );
  expect(screen.queryByRole("button", { name: "Загрузить файл" })).not.toBeInTheDocument();
  expect(screen.getByText("Получен, менеджер посмотрит")).toBeVisible();
});

test("a chosen file leaves by parts and then stands at its paper", async () => {
  const given = vi.fn();
  server.use(
    ...tusServer().handlers,
    http.put(`${API}/cases/${CASE}/papers/${PAPER}/file/`, async ({ request }) => {
      given(await request.json());
      return HttpResponse.json(detail({ papers: [paper({ state: "received" })] }));
    }),
  );
  renderScreen(<BorrowerPapers detail={detail()} />);
  const file = new File(["%PDF-1.4"], "скан.pdf", { type: "application/pdf" });
  await userEvent.upload(screen.getByLabelText("Файл: Справка о доходах"), file);
  await vi.waitFor(() => expect(given).toHaveBeenCalledWith({ upload: "upload-1" }));
  expect(await screen.findByText("Файл скан.pdf отправлен")).toBeInTheDocument();
});

test("a failed upload is told beside its paper", async () => {
  server.use(
    ...tusServer().handlers,
    http.put(`${API}/cases/${CASE}/papers/${PAPER}/file/`, () =>
      problem(400, "file.type_not_allowed", { detail: "Такой файл не подойдёт" }),
    ),
  );
  renderScreen(<BorrowerPapers detail={detail()} />);
  const file = new File(["%PDF-1.4"], "скан.pdf", { type: "application/pdf" });
  await userEvent.upload(screen.getByLabelText("Файл: Справка о доходах"), file);
  expect(await screen.findByRole("alert")).toHaveTextContent("Такой файл не подойдёт");
});

test("a case that waits without a list leads to the history; another one shows nothing", () => {
  const { unmount } = renderScreen(<BorrowerPapers detail={detail({ papers: [] })} />);
  expect(screen.getByRole("link", { name: "Открыть историю дела" })).toBeVisible();
  unmount();
  renderScreen(<BorrowerPapers detail={detail({ papers: [], status: "active" })} />);
  expect(screen.queryByRole("heading")).not.toBeInTheDocument();
});

const listed = (code: string, extra: Partial<CasePaper> = {}) =>
  paper({
    id: `${PAPER.slice(0, -4)}${code}`,
    code,
    origin: "checklist",
    asked_by: "",
    due_on: null,
    ...extra,
  });

test("a checklist says how many have come, what is next, what a paper is for and where to get it", async () => {
  const papers = [
    listed("0001", { title: "Выписка", required: false, why: "Подтверждает доход." }),
    listed("0002", {
      title: "Удостоверение личности",
      why: "Видно, кто обращается.",
      where: "Это ваш документ.",
    }),
    listed("0003", { title: "Договор", state: "accepted" }),
    listed("0004", { title: "Отчёт", state: "waived" }),
  ];
  renderScreen(<BorrowerPapers detail={detail({ status: "active", papers })} />);
  expect(screen.getByRole("progressbar", { name: "1 из 2 нужных документов уже есть" })).toBeVisible();
  expect(screen.getByText(/Дальше: Удостоверение личности/)).toBeVisible();
  expect(screen.getByText("Где взять: Это ваш документ.")).toBeVisible();
  expect(screen.queryByText(/Запрошено/)).not.toBeInTheDocument();
  expect(screen.getByText("Подтверждает доход.")).not.toBeVisible();
  await userEvent.click(screen.getByText("Помогут, но не обязательны: 1"));
  expect(screen.getByText("Подтверждает доход.")).toBeVisible();
});

test("a paper that cannot be read comes first with its reason and is asked for again", () => {
  const papers = [
    listed("0001", { title: "Договор" }),
    listed("0002", {
      title: "Справка",
      state: "unreadable",
      unreadable_reason: "обрезан край",
      file_name: "а.jpg",
    }),
  ];
  renderScreen(<BorrowerPapers detail={detail({ status: "active", papers })} />);
  expect(screen.getByText(/Передайте ещё раз: Справка/)).toBeVisible();
  expect(screen.getByText("Не читается: обрезан край. Передайте его ещё раз.")).toBeVisible();
  expect(
    within(screen.getAllByRole("listitem")[0]!).getByRole("button", { name: "Заменить файл" }),
  ).toBeEnabled();
});

const closed = detail({
  status: "closed",
  papers: [],
  closing: "to_confirm",
  outcome_label: "График изменён",
  allowed_actions: ["answer_closing"],
});

test("the borrower says that the debt is settled", async () => {
  renderScreen(<ClosingCard detail={closed} />);
  expect(screen.getByText(/График изменён/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Да, долг решён" }));
  expect(await screen.findByText(/Спасибо, записали/)).toBeVisible();
  expect(asked).toHaveBeenCalledWith({ agreed: true, reason: "" });
});

test("what is not settled needs words", async () => {
  renderScreen(<ClosingCard detail={closed} />);
  await userEvent.click(screen.getByRole("button", { name: "Нет, ещё не решено" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отправить" }));
  expect(within(dialog).getByText("Напишите хотя бы одно предложение")).toBeVisible();
  expect(asked).not.toHaveBeenCalled();
  await userEvent.type(within(dialog).getByRole("textbox"), "Банк списал лишнее");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отправить" }));
  expect(await screen.findByText(/Руководитель прочитает/)).toBeVisible();
  expect(asked).toHaveBeenCalledWith({ agreed: false, reason: "Банк списал лишнее" });
});

test("a confirmed closing asks nothing", () => {
  renderScreen(<ClosingCard detail={{ ...closed, closing: "confirmed", allowed_actions: [] }} />);
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});
