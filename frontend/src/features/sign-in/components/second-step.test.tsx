import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, expect, test, vi } from "vitest";

import { CHALLENGE, installPasskeys, removePasskeys } from "@/testing/passkeys";
import { renderScreen } from "@/testing/render";
import { API, problem, server, session, staffSession } from "@/testing/server";

import { OtherWays } from "./other-ways";
import { OutsideReturn } from "./outside-return";
import { PasswordSignIn } from "./password-sign-in";

afterEach(removePasskeys);

const openSecondStep = async (methods: string[]) => {
  server.use(
    http.post(`${API}/auth/password/`, () => problem(401, "auth.second_step_required", { methods })),
  );
  const onDone = vi.fn();
  renderScreen(<PasswordSignIn onDone={onDone} />);
  await userEvent.type(screen.getByLabelText("Электронная почта"), "manager1@kenes.sandbox");
  await userEvent.type(screen.getByLabelText("Пароль"), "secret{Enter}");
  await screen.findByRole("region", { name: "Второй шаг" });
  return { onDone };
};

const answer = (reply: () => Response) => {
  const steps: unknown[] = [];
  server.use(
    http.post(`${API}/auth/second-step/`, async ({ request }) => {
      steps.push(await request.json());
      return reply();
    }),
  );
  return steps;
};

const WRONG = () => problem(400, "validation", { errors: [{ pointer: "/code", code: "incorrect_code" }] });

test("the code of the app has the focus, is sent by its last digit and lets the person in", async () => {
  const { onDone } = await openSecondStep(["totp", "recovery_code"]);
  const steps = answer(() => HttpResponse.json(staffSession([])));
  const field = screen.getByLabelText("Код из приложения, 6 цифр");
  expect(field).toHaveFocus();
  await userEvent.type(field, "123456");
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
  expect(steps).toEqual([{ code: "123456", trust: false }]);
});

test("a trusted device is asked for", async () => {
  await openSecondStep(["totp"]);
  const steps = answer(() => HttpResponse.json(staffSession([])));
  await userEvent.click(screen.getByLabelText(/Доверять этому устройству/));
  await userEvent.type(screen.getByLabelText("Код из приложения, 6 цифр"), "123456");
  await vi.waitFor(() => expect(steps).toEqual([{ code: "123456", trust: true }]));
});

test("a wrong code is said at its field and the digits stay", async () => {
  const { onDone } = await openSecondStep(["totp"]);
  answer(WRONG);
  const field = screen.getByLabelText("Код из приложения, 6 цифр");
  await userEvent.type(field, "000000");
  expect(await screen.findByText(/Код не подошёл/)).toBeVisible();
  expect(field).toHaveValue("000000");
  expect(onDone).not.toHaveBeenCalled();
});

test("a recovery code is taken as people copy it, with spaces and hyphens", async () => {
  await openSecondStep(["totp", "recovery_code"]);
  const steps = answer(() => HttpResponse.json(staffSession([])));
  await userEvent.click(screen.getByRole("button", { name: "Ввести запасной код" }));
  await userEvent.type(screen.getByLabelText("Запасной код"), " 1234-56 78{Enter}");
  await vi.waitFor(() => expect(steps).toEqual([{ code: "12345678", trust: false }]));
});

test("a used recovery code asks for another one", async () => {
  await openSecondStep(["recovery_code"]);
  answer(WRONG);
  await userEvent.type(screen.getByLabelText("Запасной код"), "12345678{Enter}");
  expect(await screen.findByText(/не подошёл или уже использован/)).toBeVisible();
});

test("a second step that took too long leads back to the first", async () => {
  await openSecondStep(["totp"]);
  answer(() => problem(409, "auth.second_step_expired"));
  await userEvent.type(screen.getByLabelText("Код из приложения, 6 цифр"), "123456");
  expect(await screen.findByText(/слишком много времени/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Начать вход заново" }));
  expect(screen.getByLabelText("Электронная почта")).toHaveValue("manager1@kenes.sandbox");
});

test("a passkey can be the second step", async () => {
  const device = installPasskeys();
  const { onDone } = await openSecondStep(["passkey", "totp"]);
  const sent: unknown[] = [];
  server.use(
    http.get(`${API}/auth/second-step/passkey/`, () => HttpResponse.json(CHALLENGE)),
    http.post(`${API}/auth/second-step/passkey/`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(staffSession([]));
    }),
  );
  await userEvent.click(screen.getByRole("button", { name: "Подтвердить ключом доступа" }));
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
  const asked = device.get.mock.calls[0]?.[0].publicKey;
  expect(new TextDecoder().decode(asked?.challenge)).toBe("challenge");
  expect(sent).toMatchObject([
    {
      trust: false,
      credential: { id: "AQID", rawId: "AQID", type: "public-key", response: { signature: "c2lnbg" } },
    },
  ]);
});

const openOtherWays = (signIn: object) => {
  server.use(http.get(`${API}/session/`, () => HttpResponse.json(session({ sign_in: signIn }))));
  const onDone = vi.fn();
  renderScreen(<OtherWays callback="/sign-in?outside=1" onDone={onDone} />);
  return onDone;
};

test("a person who closes the window of the device is told so and can try again", async () => {
  const device = installPasskeys();
  device.get.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
  const onDone = openOtherWays({ providers: [], passkeys: true, eds: false });
  server.use(
    http.get(`${API}/auth/passkey/`, () => HttpResponse.json(CHALLENGE)),
    http.post(`${API}/auth/passkey/`, () => HttpResponse.json(staffSession([]))),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Войти с ключом доступа" }));
  expect(await screen.findByText(/Ключ доступа не использован/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Войти с ключом доступа" }));
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
});

test("an old phone is offered no passkey, and providers go out as a form of the browser", async () => {
  openOtherWays({ providers: [{ id: "sandbox", name: "eGov" }], passkeys: true, eds: false });
  const button = await screen.findByRole("button", { name: "Войти через eGov" });
  expect(screen.queryByRole("button", { name: "Войти с ключом доступа" })).toBeNull();
  const form = button.closest("form");
  expect(form).toHaveAttribute("action", "/_allauth/browser/v1/auth/provider/redirect");
  expect(Object.fromEntries(new FormData(form ?? undefined))).toEqual({
    provider: "sandbox",
    process: "login",
    callback_url: "/ru/sign-in?outside=1",
    csrfmiddlewaretoken: "",
  });
});

const comeBack = (answer: { error: string | null; secondStep: boolean }, current: object = session()) => {
  server.use(http.get(`${API}/session/`, () => HttpResponse.json(current)));
  const onDone = vi.fn();
  renderScreen(
    <OutsideReturn {...answer} onDone={onDone}>
      <p>Форма входа</p>
    </OutsideReturn>,
  );
  return onDone;
};

test("whoever comes back signed in goes on at once", async () => {
  const onDone = comeBack({ error: null, secondStep: false }, staffSession([]));
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
});

test("whoever comes back to a second step is asked for it", async () => {
  comeBack({ error: null, secondStep: true });
  expect(await screen.findByLabelText("Код из приложения, 6 цифр")).toBeVisible();
});

test("what went wrong at the provider stands above the form", async () => {
  comeBack({ error: "connect_first", secondStep: false });
  expect(await screen.findByText(/Войдите паролем и подключите сервис/)).toBeVisible();
  expect(screen.getByText("Форма входа")).toBeVisible();
});
