import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { SigningRound } from "@/api/signing";
import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { DOCUMENT, round, signer } from "../testing/round";
import { SignersPanel } from "./signers-panel";

const SIGNING = `${API}/documents/${DOCUMENT}/signing/`;

const PAGES = [1, 2].map((page) => ({ page, url: `/page/${page}`, width: 10, height: 14 }));

const show = (standing: SigningRound) => {
  server.use(http.get(SIGNING, () => HttpResponse.json(standing)));
  renderScreen(<SignersPanel documentId={DOCUMENT} pages={PAGES} />);
};

const answer = (path: string, then: SigningRound = round()) => {
  const bodies: unknown[] = [];
  server.use(
    http.post(path, async (call) => {
      bodies.push(await call.request.json());
      server.use(http.get(SIGNING, () => HttpResponse.json(then)));
      return HttpResponse.json(then);
    }),
  );
  return bodies;
};

const people = () => [
  signer({
    person: { id: "p1", name: "Айша Омарова" },
    status: "signed",
    method: "eds",
    signed_at: "2026-11-26T09:00:00Z",
    is_turn: false,
  }),
  signer({
    id: "s2",
    person: { id: "p2", name: "Ерлан Сейтов" },
    party_role: "co_borrower",
    position: 2,
    allowed_actions: ["remind"],
  }),
  signer({
    id: "s3",
    person: { id: "p3", name: "Динара Ахметова" },
    party_role: "manager",
    role: "approver",
    position: 3,
    is_turn: false,
  }),
];

test("says who signs, as what, how far it is and whose turn it is", async () => {
  show(round({ id: "r", status: "open", is_ordered: true, signers: people(), allowed_actions: [] }));
  const rows = await screen.findAllByRole("listitem");
  expect(rows).toHaveLength(3);
  expect(rows[0]).toHaveTextContent(/1\. Айша Омарова.*Подписано.*заёмщик.*14:00, ЭЦП/);
  expect(rows[1]).toHaveTextContent(/2\. Ерлан Сейтов.*Сейчас очередь.*созаёмщик.*Ждём до 26 декабря 2026/);
  expect(rows[2]).toHaveTextContent(/Ждёт.*Согласует · менеджер/);
  expect(screen.queryByRole("button", { name: /Отозвать/ })).toBeNull();
});

test("tells whose certificate made a signature by ЭЦП, and whether its time is confirmed", async () => {
  const certificate = {
    full_name: "ОМАРОВА АЙША",
    organisation: "ТОО «Пример»",
    bin: "123456789012",
    role: "head",
    algorithm: "GOST 34.10-2015-512 with GOST 34.11-2015-512",
    serial: "5a6b",
    is_stamped: true,
  };
  const signed = signer({ status: "signed", method: "eds", certificate });
  show(round({ id: "r", status: "completed", signers: [signed, signer({ id: "s2" })], allowed_actions: [] }));
  const [first, second] = await screen.findAllByRole("listitem");
  await userEvent.click(within(first!).getByText("Сертификат"));
  expect(first).toHaveTextContent(/ОМАРОВА АЙША.*ТОО «Пример», БИН 123456789012.*первый руководитель/);
  expect(first).toHaveTextContent(/GOST 34\.10-2015-512.*5a6b.*подтверждено центром отметок времени/);
  expect(within(second!).queryByText("Сертификат")).toBeNull();
});

test("reminds the one whose turn it is", async () => {
  show(round({ id: "r", status: "open", signers: people(), allowed_actions: [] }));
  const asked = answer(`${API}/signature-requests/s2/remind/`);
  await userEvent.click(await screen.findByRole("button", { name: "Напомнить: Ерлан Сейтов" }));
  expect(await screen.findByText("Напоминание отправлено: Ерлан Сейтов")).toBeVisible();
  expect(asked).toEqual([{}]);
});

test("is silent where one's own signature is the only one that can be wished", async () => {
  show(
    round({
      id: "r",
      status: "open",
      signers: [signer({ is_me: true, allowed_actions: ["sign", "decline"] })],
      candidates: round().candidates.slice(0, 1),
    }),
  );
  await waitFor(() => expect(document.querySelector(".animate-pulse")).toBeNull());
  expect(screen.queryByRole("heading")).toBeNull();
});

test("the reader's own turn leads to reading and signing", async () => {
  show(
    round({
      id: "r",
      status: "open",
      allowed_actions: [],
      signers: [...people().slice(0, 1), signer({ id: "s9", is_me: true, allowed_actions: ["sign"] })],
    }),
  );
  expect(await screen.findByRole("link", { name: "Прочитать и подписать" })).toHaveAttribute(
    "href",
    `/ru/sign/${DOCUMENT}`,
  );
});

test("a round is put together by keyboard alone: people, order, roles, terms", async () => {
  show(round());
  const sent = answer(SIGNING, round({ id: "r", status: "open", signers: people(), allowed_actions: [] }));
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Выбрать, кто подпишет" }));
  const dialog = await screen.findByRole("dialog");
  const press = async (element: HTMLElement, key: string) => {
    element.focus();
    await user.keyboard(key);
  };
  await press(within(dialog).getByRole("checkbox", { name: /Подписывать по очереди/ }), " ");
  await press(within(dialog).getByRole("checkbox", { name: /Динара/ }), " ");
  const up = within(dialog).getByRole("button", { name: "Поднять выше: Динара Ахметова" });
  await press(up, "{Enter}");
  expect(within(dialog).getByRole("status")).toHaveTextContent("Динара Ахметова: теперь 1 из 2");
  await user.selectOptions(within(dialog).getAllByLabelText("Срок")[0] ?? dialog, "7");
  await press(within(dialog).getByRole("button", { name: "Отправить на подпись" }), "{Enter}");
  expect(await screen.findByText("Документ отправлен на подпись")).toBeVisible();
  expect(sent).toEqual([
    {
      is_ordered: true,
      signers: [
        { person_id: "p3", role: "approver", position: 1, expires_in_days: 7 },
        { person_id: "p1", role: "signer", position: 2, expires_in_days: 30 },
      ],
    },
  ]);
});

test("a round in which nobody signs is not sent", async () => {
  show(round());
  const sent = answer(SIGNING);
  await userEvent.click(await screen.findByRole("button", { name: "Выбрать, кто подпишет" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("checkbox", { name: /Айша/ }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Отправить на подпись" }));
  expect(await within(dialog).findByText(/хотя бы одного человека/)).toBeVisible();
  expect(sent).toEqual([]);
});

test("who has given no name is offered as such, not as nothing", async () => {
  show(
    round({
      candidates: [
        ...round().candidates,
        { person: { id: "p4", name: "" }, party_role: "representative", roles: ["signer", "copy"] },
      ],
    }),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Выбрать, кто подпишет" }));
  expect(await screen.findByRole("checkbox", { name: /Имя не указано.*представитель/ })).toBeVisible();
});

test("what the server says of one person stands beside him", async () => {
  show(round());
  server.use(
    http.post(SIGNING, () =>
      problem(400, "validation", {
        errors: [
          { pointer: "/signers/0/person_id", code: "unknown", detail: "Этого человека назвать нельзя." },
        ],
      }),
    ),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Выбрать, кто подпишет" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отправить на подпись" }));
  expect(await within(dialog).findByText("Этого человека назвать нельзя.")).toBeVisible();
});

test("a paper is compared and confirmed, or refused with a reason", async () => {
  const waiting = signer({
    id: "s4",
    status: "on_check",
    paper: { file_id: "f1", status: "waiting", reason: "", handed_in_at: "2026-11-26T09:00:00Z" },
    allowed_actions: ["confirm_paper", "refuse_paper"],
  });
  show(round({ id: "r", status: "open", signers: [waiting], allowed_actions: [] }));
  const reasons = answer(
    `${API}/signature-requests/s4/paper/refuse/`,
    round({ id: "r", status: "open", signers: [{ ...waiting, allowed_actions: [] }], allowed_actions: [] }),
  );
  server.use(
    http.get(`${API}/files/f1/`, () =>
      HttpResponse.json({
        id: "f1",
        name: "signed.jpg",
        state: "ready",
        pages_state: "ready",
        text_state: "none",
        pages: [{ page: 1, url: "/photo/1", width: 10, height: 14 }],
      }),
    ),
  );
  expect(await screen.findByRole("img", { name: "Фото, страница 1" })).toHaveAttribute("src", "/photo/1");
  expect(screen.getByRole("img", { name: "Документ, страница 1" })).toHaveAttribute("src", "/page/1");
  expect(screen.getByRole("img", { name: "Документ, страница 2" })).toBeInTheDocument();
  expect(screen.getByText("На фото этой страницы нет")).toBeVisible();
  expect(await screen.findByRole("button", { name: /Посмотреть фото подписанного документа/ })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Фото не подходит" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Попросить другое фото" }));
  expect(reasons).toEqual([]);
  await userEvent.type(within(dialog).getByLabelText("Что не так"), "Нет второй страницы");
  await userEvent.click(within(dialog).getByRole("button", { name: "Попросить другое фото" }));
  await waitFor(() => expect(reasons).toEqual([{ reason: "Нет второй страницы" }]));
  expect(screen.queryByRole("button", { name: "Подтвердить подпись" })).toBeNull();
});

test("taking back asks first and names the document", async () => {
  show(round({ id: "r", status: "open", signers: people(), allowed_actions: ["replace", "cancel"] }));
  const asked = answer(`${SIGNING}cancel/`, round({ id: "r", status: "cancelled", signers: people() }));
  await userEvent.click(await screen.findByRole("button", { name: "Отозвать с подписи" }));
  const dialog = await screen.findByRole("dialog", { name: /KH-2026-000123-01/ });
  expect(asked).toEqual([]);
  await userEvent.click(within(dialog).getByRole("button", { name: "Отозвать с подписи" }));
  expect(await screen.findByText("Документ отозван с подписи.")).toBeVisible();
  expect(asked).toHaveLength(1);
});
