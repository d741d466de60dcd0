import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { useState } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";

import type { SigningRound, WayItem } from "@/api/signing";
import { line, stubLine } from "@/testing/line";
import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server, sessionUser } from "@/testing/server";

import { letter } from "../testing/letter";
import { request, REQUEST, round, serve, signer, way } from "../testing/serving";
import { SigningScreen } from "./signing-screen";

const GET_CODE = "Получить код и подписать";

const show = (document = letter()) => {
  const onRefresh = vi.fn();
  renderScreen(<SigningScreen document={document} href="/cases/1" onRefresh={onRefresh} />);
  return onRefresh;
};

const readToEnd = async () =>
  userEvent.click(await screen.findByRole("button", { name: "Я прочитал документ до конца" }));

const open = async (ways?: WayItem[], standing?: SigningRound) => {
  const asked = serve(ways, standing);
  const onRefresh = show();
  await readToEnd();
  return { asked, onRefresh };
};

const openCode = async () => {
  const { asked, onRefresh } = await open();
  await userEvent.click(await screen.findByRole("button", { name: GET_CODE }));
  return { code: await screen.findByLabelText("Код из SMS, 6 цифр"), asked, onRefresh };
};

const answerConfirm = (answer: () => Response) => server.use(http.post(`${REQUEST}/confirm/`, answer));

afterEach(() => vi.unstubAllGlobals());

describe("before signing", () => {
  test("says what it means and shows the whole text and its pages", async () => {
    serve();
    show();
    expect(await screen.findByText("Вы просите банк отложить платежи на 6 месяцев.")).toBeVisible();
    expect(screen.getByText("Прошу отложить платежи.")).toBeInTheDocument();
    expect(screen.getByRole("img")).toHaveAccessibleName(/страница 1 из 1/);
  });

  test("nothing can be signed before the end of the text, yet declined at any time", async () => {
    const asked = serve();
    show();
    await screen.findByRole("button", { name: "Я прочитал документ до конца" });
    expect(screen.queryByRole("button", { name: GET_CODE })).toBeNull();
    expect(screen.getByRole("button", { name: "Не подписывать" })).toBeVisible();
    expect(asked.shown).toEqual([]);
    await readToEnd();
    expect(await screen.findByRole("button", { name: GET_CODE })).toBeVisible();
    expect(asked.shown).toHaveLength(1);
  });

  test("by keyboard the focus goes on at the ways to sign, not to the top of the page", async () => {
    serve();
    show();
    (await screen.findByRole("button", { name: "Я прочитал документ до конца" })).focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByRole("heading", { name: "Как подписать" })).toHaveFocus());
  });

  test("scrolling past the last page is reading to the end, and is told once", async () => {
    const watched: ((entries: { isIntersecting: boolean }[]) => void)[] = [];
    vi.stubGlobal(
      "IntersectionObserver",
      class {
        observe = vi.fn();
        disconnect = vi.fn();
        constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
          watched.push(tell);
        }
      },
    );
    const asked = serve();
    show();
    await screen.findByRole("button", { name: "Я прочитал документ до конца" });
    act(() => watched.at(-1)?.([{ isIntersecting: false }]));
    expect(screen.queryByRole("button", { name: GET_CODE })).toBeNull();
    act(() => watched.at(-1)?.([{ isIntersecting: true }]));
    act(() => watched.at(-1)?.([{ isIntersecting: true }]));
    expect(await screen.findByRole("button", { name: GET_CODE })).toBeVisible();
    expect(asked.shown).toHaveLength(1);
  });

  test("the code is asked for the very text that was shown", async () => {
    const { asked } = await openCode();
    expect(asked.codes).toEqual([{ document_sha256: "ab".repeat(32) }]);
  });

  test("a document that changed meanwhile is shown anew before anything is signed", async () => {
    const { onRefresh } = await open();
    server.use(http.post(`${REQUEST}/send-code/`, () => problem(409, "signing.document_changed")));
    await userEvent.click(await screen.findByRole("button", { name: GET_CODE }));
    expect(await screen.findByText("Документ изменился, пока вы его читали")).toBeVisible();
    expect(screen.queryByRole("button", { name: GET_CODE })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Открыть новую версию" }));
    expect(onRefresh).toHaveBeenCalled();
  });

  test.each(["signed", "sealed", "sent"] as const)("a %s document is shown as success", (status) => {
    show(letter({ status, allowed_actions: [] }));
    expect(screen.getByRole("heading", { name: "Документ подписан" })).toBeVisible();
  });

  test.each(["superseded", "void"] as const)("a %s document cannot be signed and says so", (status) => {
    show(letter({ status, allowed_actions: [] }));
    expect(screen.getByRole("heading", { name: /нельзя подписать/ })).toBeVisible();
  });
});

describe("in a round of several people", () => {
  const second = signer({
    id: "66666666-6666-4666-8666-666666666666",
    person: { id: "p2", name: "Ерлан Сейтов" },
    is_me: false,
    is_turn: false,
  });

  test("the part in the round is taken; no request of one's own is opened", async () => {
    const { asked } = await open([way("sms")], round({ id: "r", signers: [signer(), second] }));
    expect(await screen.findByRole("button", { name: GET_CODE })).toBeVisible();
    expect(asked.opened).toEqual([]);
  });

  test("before one's turn there is nothing to press, only who is waited for", async () => {
    serve(
      [way("sms")],
      round({
        id: "r",
        is_ordered: true,
        signers: [{ ...second, is_turn: true }, signer({ position: 2, is_turn: false })],
      }),
    );
    show();
    expect(await screen.findByRole("heading", { name: "Пока не ваша очередь" })).toBeVisible();
    expect(screen.getByText(/Ерлан Сейтов/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Я прочитал документ до конца" })).toBeNull();
  });

  test("the turn comes without the page being opened anew", async () => {
    stubLine();
    server.use(http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession())));
    const own = signer({ position: 2, is_turn: false });
    serve([way("sms")], round({ id: "r", is_ordered: true, signers: [{ ...second, is_turn: true }, own] }));
    show();
    await screen.findByRole("heading", { name: "Пока не ваша очередь" });
    serve(
      [way("sms")],
      round({
        id: "r",
        is_ordered: true,
        signers: [
          { ...second, status: "signed" },
          { ...own, is_turn: true },
        ],
      }),
    );
    await waitFor(() => line());
    line().opens();
    line().says({ type: "signature.changed", id: own.id, channel: `user:${sessionUser().id}` });
    expect(await screen.findByRole("button", { name: "Я прочитал документ до конца" })).toBeVisible();
  });

  test("an approver approves and is offered no way to sign", async () => {
    await open([way("sms")], round({ id: "r", signers: [signer({ role: "approver" }), second] }));
    server.use(http.post(`${REQUEST}/approve/`, () => HttpResponse.json(request())));
    expect(screen.queryByRole("button", { name: GET_CODE })).toBeNull();
    await userEvent.click(await screen.findByRole("button", { name: "Согласовать документ" }));
    expect(await screen.findByRole("heading", { name: "Документ согласован" })).toHaveFocus();
    expect(screen.getByText(/ждём остальных: Ерлан Сейтов/)).toBeVisible();
  });

  test("whose approval was the last answer reads of his approval, though the document is signed by it", async () => {
    serve([way("sms")], round({ id: "r", signers: [signer({ role: "approver" })] }));
    server.use(http.post(`${REQUEST}/approve/`, () => HttpResponse.json(request())));
    const Followed = () => {
      const [document, setDocument] = useState(letter());
      const refresh = () => setDocument(letter({ status: "signed", allowed_actions: [] }));
      return <SigningScreen document={document} href="/cases/1" onRefresh={refresh} />;
    };
    renderScreen(<Followed />);
    await readToEnd();
    await userEvent.click(await screen.findByRole("button", { name: "Согласовать документ" }));
    expect(
      await screen.findByText("Мы поставим на файл печать и отправим его.", { exact: false }),
    ).toBeVisible();
    expect(screen.getByRole("heading", { name: "Документ согласован" })).toBeVisible();
  });

  test("who has signed sees whom we wait for", async () => {
    serve([way("sms")], round({ id: "r", signers: [signer({ status: "signed" }), second] }));
    show(letter({ allowed_actions: [] }));
    expect(await screen.findByText(/ждём остальных: Ерлан Сейтов/)).toBeVisible();
  });

  test("whoever handed his signature over sees who signs, and pushes nobody aside by looking", async () => {
    const given = signer({ is_me: true, status: "delegated", is_turn: false });
    const taken = signer({ id: "s2", is_me: false, person: { id: "p2", name: "Салтанат Досымова" } });
    const asked = serve([way("sms")], round({ id: "r", status: "open", signers: [given, taken] }));
    show();
    expect(await screen.findByRole("heading", { name: "Ваша подпись сейчас не нужна" })).toBeVisible();
    expect(screen.getByText(/Ждём: Салтанат Досымова/)).toBeVisible();
    expect(asked.opened).toEqual([]);
  });

  test("whom others were chosen instead of is told so", async () => {
    const other = signer({ id: "s2", is_me: false, person: { id: "p2", name: "Салтанат Досымова" } });
    const asked = serve([way("sms")], round({ id: "r", status: "open", signers: [other] }));
    show();
    expect(await screen.findByText(/Ждём: Салтанат Досымова/)).toBeVisible();
    expect(asked.opened).toEqual([]);
  });

  test.each([
    ["expired", "Срок подписи вышел"],
    ["cancelled", "Документ отозван с подписи"],
    ["declined", "Вы не подписали документ"],
  ] as const)("a part that is %s says so", async (status, title) => {
    serve([way("sms")], round({ id: "r", status, signers: [signer({ status, is_turn: false })] }));
    show(letter({ allowed_actions: [] }));
    expect(await screen.findByRole("heading", { name: title })).toBeVisible();
  });

  test("who has no part in it and may not sign is told so", async () => {
    const asked = serve([way("sms")], round({ id: "r", signers: [second] }));
    show(letter({ allowed_actions: [] }));
    expect(await screen.findByRole("heading", { name: /нельзя подписать/ })).toBeVisible();
    expect(asked.opened).toEqual([]);
  });
});

describe("the code", () => {
  test("a right code signs and leads on", async () => {
    const { code, onRefresh } = await openCode();
    answerConfirm(() => HttpResponse.json(request({ status: "signed", verify_url: "/verify/abc" })));
    await userEvent.type(code, "123456");
    expect(await screen.findByRole("heading", { name: "Документ подписан" })).toHaveFocus();
    expect(screen.getByRole("link", { name: "Проверить подпись" })).toHaveAttribute("href", "/verify/abc");
    expect(onRefresh).toHaveBeenCalled();
  });

  test("a wrong code keeps the digits and counts the tries", async () => {
    const { code } = await openCode();
    answerConfirm(() =>
      problem(400, "validation", {
        errors: [{ pointer: "/code", code: "incorrect_code", detail: "", tries_left: 4 }],
      }),
    );
    await userEvent.type(code, "999999");
    expect(await screen.findByText("Код не подошёл. Остались 4 попытки.")).toBeVisible();
    expect(code).toHaveValue("999999");
  });

  test.each([
    ["signing.code_expired", /Время кода вышло/],
    ["signing.tries_spent", /Попытки закончились/],
  ])("%s offers a new code, which works", async (problemCode, words) => {
    const { code, asked } = await openCode();
    answerConfirm(() => problem(409, problemCode));
    await userEvent.type(code, "999999");
    expect(await screen.findByText(words)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Получить новый код" }));
    expect(await screen.findByLabelText("Код из SMS, 6 цифр")).toHaveValue("");
    expect(asked.codes).toHaveLength(2);
  });

  test("signed already, on another device or by a second press, is success", async () => {
    const { code } = await openCode();
    answerConfirm(() => problem(409, "signature.already_signed"));
    await userEvent.type(code, "123456");
    expect(await screen.findByRole("heading", { name: "Документ подписан" })).toBeVisible();
  });

  test("without a connection the code stays and can be sent again", async () => {
    const { code } = await openCode();
    answerConfirm(() => HttpResponse.error());
    await userEvent.type(code, "123456");
    expect(await screen.findByText(/Нет связи с сервером/)).toBeVisible();
    answerConfirm(() => HttpResponse.json(request({ status: "signed" })));
    await userEvent.click(screen.getByRole("button", { name: "Подписать документ" }));
    expect(await screen.findByRole("heading", { name: "Документ подписан" })).toBeVisible();
  });
});

test("declining takes one press more, needs no reason, and no reading to the end", async () => {
  serve();
  const reasons: unknown[] = [];
  server.use(
    http.post(`${REQUEST}/decline/`, async (call) => {
      reasons.push(await call.request.json());
      return HttpResponse.json(request({ status: "declined" }));
    }),
  );
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Не подписывать" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Не подписывать" }));
  expect(await screen.findByRole("heading", { name: "Вы не подписали документ" })).toBeVisible();
  await waitFor(() => expect(reasons).toEqual([{ reason: "" }]));
});

test("a representative with a power of attorney can be given the signature", async () => {
  serve([way("sms")], round(), [{ id: "p9", name: "Дана Ким" }]);
  const given: unknown[] = [];
  server.use(
    http.post(`${REQUEST}/delegate/`, async (call) => {
      given.push(await call.request.json());
      return HttpResponse.json(request());
    }),
  );
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Подпишет мой представитель" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Передать подпись" }));
  expect(await screen.findByRole("heading", { name: "Подпись передана представителю" })).toBeVisible();
  expect(screen.getByText(/Дана Ким получит уведомление/)).toBeVisible();
  expect(given).toEqual([{ person_id: "p9" }]);
});

test("a server that does not know the part offers to look again", async () => {
  server.use(http.get(`${API}/documents/${letter().id}/signing/`, () => problem(500, "server_error")));
  show();
  expect(await screen.findByRole("button", { name: "Попробовать ещё раз" })).toBeVisible();
});
