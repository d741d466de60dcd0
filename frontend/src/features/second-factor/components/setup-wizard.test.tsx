import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, expect, test, vi } from "vitest";

import { CHALLENGE, installPasskeys, removePasskeys } from "@/testing/passkeys";
import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { SetupWizard } from "./setup-wizard";

const CODES = ["1111-2222", "3333-4444", "5555-6666"];
const STARTED = {
  secret: "JBSWY3DPEHPK3PXP",
  otpauth_url: "otpauth://totp/Kenes%20Hub:x?secret=JBSWY3DPEHPK3PXP",
  qr_svg: '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
};
const factor = (kind: string) => ({
  id: "7",
  kind,
  name: "",
  created_at: "2026-11-25T10:00:00Z",
  last_used_at: null,
  codes_left: null,
});

const open = (factors: object[] = [], required = true) => {
  server.use(
    http.get(`${API}/me/second-factors/`, () => HttpResponse.json({ items: factors, required })),
    http.post(`${API}/me/second-factors/totp/start/`, () => HttpResponse.json(STARTED)),
  );
  const onFinished = vi.fn();
  renderScreen(<SetupWizard initialWay={null} onFinished={onFinished} />);
  return onFinished;
};

const startTotp = async () => {
  await userEvent.click(await screen.findByRole("button", { name: /Приложение с кодами/ }));
  await userEvent.click(screen.getByRole("button", { name: "Показать QR-код" }));
  return screen.findByLabelText("Код из приложения, 6 цифр");
};

afterEach(removePasskeys);

test("an app is set up by its first code, and the recovery codes must be seen before going on", async () => {
  const onFinished = open();
  const confirmed: unknown[] = [];
  server.use(
    http.post(`${API}/me/second-factors/totp/`, async ({ request }) => {
      confirmed.push(await request.json());
      return HttpResponse.json({ recovery_codes: CODES });
    }),
  );
  expect(await screen.findByText(/второй шаг обязателен/)).toBeVisible();
  const field = await startTotp();
  expect(screen.getByRole("img", { name: /QR-код/ })).toHaveAttribute(
    "src",
    expect.stringContaining("data:image"),
  );
  expect(screen.getByText("JBSW Y3DP EHPK 3PXP")).toBeVisible();
  await userEvent.type(field, "123456");
  expect(await screen.findByRole("heading", { name: "Сохраните запасные коды" })).toHaveFocus();
  expect(confirmed).toEqual([{ code: "123456" }]);
  for (const code of CODES) expect(screen.getByText(code)).toBeVisible();
  expect(onFinished).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Коды сохранены, дальше" }));
  expect(onFinished).toHaveBeenCalledTimes(1);
});

test("the recovery codes can be copied, one to a line", async () => {
  const user = userEvent.setup();
  open();
  server.use(http.post(`${API}/me/second-factors/totp/`, () => HttpResponse.json({ recovery_codes: CODES })));
  await userEvent.type(await startTotp(), "123456");
  await user.click(await screen.findByRole("button", { name: "Скопировать" }));
  expect(await navigator.clipboard.readText()).toBe(CODES.join("\n"));
  expect(await screen.findByText("Скопировано")).toBeVisible();
});

test("a wrong code keeps the picture", async () => {
  open();
  server.use(
    http.post(`${API}/me/second-factors/totp/`, () =>
      problem(400, "validation", { errors: [{ pointer: "/code", code: "incorrect_code", detail: "" }] }),
    ),
  );
  await userEvent.type(await startTotp(), "000000");
  expect(await screen.findByText(/Код не подошёл/)).toBeVisible();
  expect(screen.getByRole("img", { name: /QR-код/ })).toBeVisible();
});

test("a set-up that took too long begins again", async () => {
  open();
  server.use(http.post(`${API}/me/second-factors/totp/`, () => problem(409, "auth.factor_not_started")));
  await userEvent.type(await startTotp(), "123456");
  await userEvent.click(await screen.findByRole("button", { name: "Показать QR-код" }));
  expect(await screen.findByLabelText("Код из приложения, 6 цифр")).toHaveValue("");
});

test("a passkey is made with its name, and old recovery codes are left alone", async () => {
  const device = installPasskeys();
  const onFinished = open([factor("totp"), factor("recovery_codes")]);
  const sent: unknown[] = [];
  server.use(
    http.get(`${API}/me/second-factors/passkeys/`, () =>
      HttpResponse.json({
        options: {
          ...CHALLENGE.options,
          rp: { id: "localhost", name: "Kenes Hub" },
          user: { id: "dXNlcg", name: "m", displayName: "m" },
          pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        },
      }),
    ),
    http.post(`${API}/me/second-factors/passkeys/`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ item: factor("passkey"), recovery_codes: null });
    }),
  );
  expect(await screen.findByText("Второй шаг уже настроен")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: /Ключ доступа/ }));
  await userEvent.type(screen.getByLabelText(/Название ключа/), "Рабочий ноутбук{Enter}");
  expect(await screen.findByRole("heading", { name: "Готово" })).toBeVisible();
  expect(device.create.mock.calls[0]?.[0].publicKey?.rp).toEqual({ id: "localhost", name: "Kenes Hub" });
  expect(sent).toMatchObject([
    {
      name: "Рабочий ноутбук",
      credential: { response: { attestationObject: "YXR0ZXN0", transports: ["internal"] } },
    },
  ]);
  await userEvent.click(screen.getByRole("button", { name: "Продолжить" }));
  expect(onFinished).toHaveBeenCalledTimes(1);
});

test("a device that already keeps a passkey says so", async () => {
  const device = installPasskeys();
  device.create.mockRejectedValueOnce(new DOMException("", "InvalidStateError"));
  open();
  server.use(http.get(`${API}/me/second-factors/passkeys/`, () => HttpResponse.json(CHALLENGE)));
  await userEvent.click(await screen.findByRole("button", { name: /Ключ доступа/ }));
  await userEvent.click(screen.getByRole("button", { name: "Создать ключ доступа" }));
  expect(await screen.findByText(/ключ доступа уже есть/)).toBeVisible();
});

test("an old phone is offered the app alone", async () => {
  open();
  expect(await screen.findByRole("button", { name: /Приложение с кодами/ })).toBeVisible();
  expect(screen.queryByRole("button", { name: /Ключ доступа/ })).toBeNull();
});
