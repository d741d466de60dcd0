import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { describe, expect, test, vi } from "vitest";

import type { SignatureRequest } from "@/api/types";
import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { letter } from "../testing/letter";
import { SigningScreen } from "./signing-screen";

const REQUEST_ID = "55555555-5555-4555-8555-555555555555";

const request = (extra: Partial<SignatureRequest> = {}): SignatureRequest => ({
  id: REQUEST_ID,
  status: "pending",
  document_id: letter().id,
  document_number: letter().number,
  masked_phone: "+7 ••• ••• 18 41",
  code: null,
  signed_at: null,
  verify_url: null,
  ...extra,
});

const inProgress = () =>
  request({
    status: "in_progress",
    code: {
      expires_at: new Date(Date.now() + 300_000).toISOString(),
      resend_after_seconds: 30,
      tries_left: 5,
    },
  });

const serveRequest = () => {
  const hashes: unknown[] = [];
  server.use(
    http.post(`${API}/documents/${letter().id}/signature-requests/`, () =>
      HttpResponse.json(request(), { status: 201 }),
    ),
    http.post(`${API}/signature-requests/${REQUEST_ID}/send-code/`, async (call) => {
      hashes.push(await call.request.json());
      return HttpResponse.json(inProgress());
    }),
  );
  return hashes;
};

const answerConfirm = (answer: () => Response) =>
  server.use(http.post(`${API}/signature-requests/${REQUEST_ID}/confirm/`, answer));

const open = (document = letter()) => {
  const onRefresh = vi.fn();
  renderScreen(<SigningScreen document={document} onRefresh={onRefresh} />);
  return onRefresh;
};

const openCode = async () => {
  const hashes = serveRequest();
  const onRefresh = open();
  await userEvent.click(screen.getByRole("button", { name: "Получить код и подписать" }));
  return { code: await screen.findByLabelText("Код из SMS, 6 цифр"), hashes, onRefresh };
};

describe("before signing", () => {
  test("says what it means and shows the whole text and its pages", () => {
    open();
    expect(screen.getByText("Вы просите банк отложить платежи на 6 месяцев.")).toBeVisible();
    expect(screen.getByText("Прошу отложить платежи.")).toBeInTheDocument();
    expect(screen.getByRole("img")).toHaveAccessibleName(/страница 1 из 1/);
  });

  test("the code is asked for the very text that was shown", async () => {
    const { hashes } = await openCode();
    expect(hashes).toEqual([{ document_sha256: "ab".repeat(32) }]);
  });

  test("a document that changed meanwhile is shown anew before anything is signed", async () => {
    serveRequest();
    server.use(
      http.post(`${API}/signature-requests/${REQUEST_ID}/send-code/`, () =>
        problem(409, "signing.document_changed"),
      ),
    );
    const onRefresh = open();
    await userEvent.click(screen.getByRole("button", { name: "Получить код и подписать" }));
    expect(await screen.findByText("Документ изменился, пока вы его читали")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Получить код и подписать" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Открыть новую версию" }));
    expect(onRefresh).toHaveBeenCalled();
  });

  test.each(["signed", "sealed", "sent"] as const)("a %s document is shown as success", (status) => {
    open(letter({ status, allowed_actions: [] }));
    expect(screen.getByRole("heading", { name: "Заявление подписано" })).toBeVisible();
  });

  test.each(["superseded", "void"] as const)("a %s document cannot be signed and says so", (status) => {
    open(letter({ status, allowed_actions: [] }));
    expect(screen.getByRole("heading", { name: /нельзя подписать/ })).toBeVisible();
  });
});

describe("the code", () => {
  test("a right code signs and leads on", async () => {
    const { code, onRefresh } = await openCode();
    answerConfirm(() => HttpResponse.json(request({ status: "signed", verify_url: "/verify/abc" })));
    await userEvent.type(code, "123456");
    expect(await screen.findByRole("heading", { name: "Заявление подписано" })).toHaveFocus();
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
    const { code, hashes } = await openCode();
    answerConfirm(() => problem(409, problemCode));
    await userEvent.type(code, "999999");
    expect(await screen.findByText(words)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Получить новый код" }));
    expect(await screen.findByLabelText("Код из SMS, 6 цифр")).toHaveValue("");
    expect(hashes).toHaveLength(2);
  });

  test("signed already, on another device or by a second press, is success", async () => {
    const { code } = await openCode();
    answerConfirm(() => problem(409, "signature.already_signed"));
    await userEvent.type(code, "123456");
    expect(await screen.findByRole("heading", { name: "Заявление подписано" })).toBeVisible();
  });

  test("without a connection the code stays and can be sent again", async () => {
    const { code } = await openCode();
    answerConfirm(() => HttpResponse.error());
    await userEvent.type(code, "123456");
    expect(await screen.findByText(/Нет связи с сервером/)).toBeVisible();
    answerConfirm(() => HttpResponse.json(request({ status: "signed" })));
    await userEvent.click(screen.getByRole("button", { name: "Подписать заявление" }));
    expect(await screen.findByRole("heading", { name: "Заявление подписано" })).toBeVisible();
  });
});

test("declining takes one press more and needs no reason", async () => {
  serveRequest();
  const reasons: unknown[] = [];
  server.use(
    http.post(`${API}/signature-requests/${REQUEST_ID}/decline/`, async (call) => {
      reasons.push(await call.request.json());
      return HttpResponse.json(request({ status: "declined" }));
    }),
  );
  open();
  await userEvent.click(screen.getByRole("button", { name: "Не подписывать" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Не подписывать" }));
  await waitFor(() => expect(reasons).toEqual([{ reason: "" }]));
  expect(await screen.findByRole("heading", { name: "Вы не подписали заявление" })).toBeVisible();
});
