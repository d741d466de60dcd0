import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, expect, test, vi } from "vitest";

import { CANCELLED, ncaLayer, noNcaLayer, SIGNATURE, SIGNED } from "@/testing/ncalayer";
import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server, session } from "@/testing/server";

import { OtherWays } from "./other-ways";

const TEXT = "Вход в Kenes Hub (kenes.kz)\n26.11.2026 15:31\nabc\n";
const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

const onDone = vi.fn();
const answers: unknown[] = [];

const serve = (answer: () => Response) => {
  answers.length = 0;
  server.use(
    http.get(`${API}/session/`, () =>
      HttpResponse.json(session({ demo: true, sign_in: { providers: [], passkeys: false, eds: true } })),
    ),
    http.post(`${API}/auth/eds/challenge/`, () =>
      HttpResponse.json({
        id: "c1",
        text: TEXT,
        data: base64(TEXT),
        expires_at: "2026-11-26T10:40:00Z",
        ncalayer_url: "",
      }),
    ),
    http.post(`${API}/auth/eds/`, async (call) => {
      answers.push(await call.request.json());
      return answer();
    }),
  );
};

const enter = async () => {
  renderScreen(<OtherWays callback="/sign-in" onDone={onDone} />);
  await userEvent.click(await screen.findByRole("button", { name: "Войти с ЭЦП" }));
};

afterEach(() => onDone.mockReset());

test("signs the text of the server and is in", async () => {
  const requests = ncaLayer(SIGNED);
  serve(() => HttpResponse.json(borrowerSession()));
  await enter();
  await waitFor(() => expect(onDone).toHaveBeenCalledWith(expect.objectContaining({ authenticated: true })));
  expect(requests).toMatchObject([{ args: { data: base64(TEXT), signerParams: { chain: [] } } }]);
  expect(answers).toEqual([{ id: "c1", cms: SIGNATURE }]);
});

test("a key that opens no account says how to connect it", async () => {
  ncaLayer(SIGNED);
  serve(() => problem(400, "auth.eds_unknown", { detail: "С этим ключом ещё не связан ни один кабинет." }));
  await enter();
  expect(await screen.findByText("С этим ключом ещё не связан ни один кабинет.")).toBeVisible();
  expect(onDone).not.toHaveBeenCalled();
});

test("staff with a second factor show it before they are in", async () => {
  ncaLayer(SIGNED);
  serve(() => problem(401, "auth.second_step_required", { methods: ["totp"] }));
  await enter();
  expect(await screen.findByLabelText("Код из приложения, 6 цифр")).toBeVisible();
  expect(onDone).not.toHaveBeenCalled();
});

test("turning away in NCALayer sends nothing and can be tried again", async () => {
  ncaLayer(CANCELLED);
  serve(() => HttpResponse.json(borrowerSession()));
  await enter();
  expect(await screen.findByText(/Подпись отменена/)).toBeVisible();
  expect(answers).toEqual([]);
  // Whoever came by keyboard goes on where he was.
  expect(screen.getByRole("button", { name: "Войти с ЭЦП" })).toHaveFocus();
});

test("without NCALayer the way to get it is shown", async () => {
  noNcaLayer();
  serve(() => HttpResponse.json(borrowerSession()));
  await enter();
  expect(await screen.findByText(/NCALayer не отвечает/)).toBeVisible();
});

test("where no adapter stands the button is absent", async () => {
  serve(() => HttpResponse.json(borrowerSession()));
  server.use(
    http.get(`${API}/session/`, () =>
      HttpResponse.json(
        session({ sign_in: { providers: [{ id: "a", name: "A" }], passkeys: false, eds: false } }),
      ),
    ),
  );
  renderScreen(<OtherWays callback="/sign-in" onDone={onDone} />);
  expect(await screen.findByRole("button", { name: /A/ })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Войти с ЭЦП" })).toBeNull();
});

test("ways that the page's server knew stand there before any answer", () => {
  server.use(http.get(`${API}/session/`, () => new Promise<never>(() => undefined)));
  const ways = { providers: [{ id: "a", name: "A" }], passkeys: false, eds: true };
  renderScreen(<OtherWays callback="/sign-in" ways={ways} onDone={onDone} />);
  expect(screen.getByRole("button", { name: "Войти с ЭЦП" })).toBeVisible();
  expect(screen.getByRole("button", { name: /A/ })).toBeVisible();
});

test("a phone is offered no key and waits for none", () => {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query === "(pointer: coarse)",
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  renderScreen(
    <OtherWays callback="/sign-in" ways={{ providers: [], passkeys: false, eds: true }} onDone={onDone} />,
  );
  expect(screen.queryByRole("region")).toBeNull();
  expect(screen.queryByRole("button")).toBeNull();
  vi.unstubAllGlobals();
});
