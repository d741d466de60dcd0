import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, expect, test, vi } from "vitest";

import { installPasskeys, removePasskeys } from "@/testing/passkeys";
import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server, staffSession } from "@/testing/server";

import { SecurityPage } from "./security-page";

afterEach(removePasskeys);

const AT = "2026-11-25T10:00:00Z";
const TOTP = {
  id: "7",
  kind: "totp",
  name: "Мой телефон",
  created_at: AT,
  last_used_at: AT,
  codes_left: null,
};
const CODES = {
  id: "8",
  kind: "recovery_codes",
  name: "Коды",
  created_at: AT,
  last_used_at: null,
  codes_left: 2,
};
const HERE = {
  id: "1",
  kind: "browser",
  device: "Chrome, Windows",
  ip: "10.0.0.1",
  created_at: AT,
  last_seen_at: AT,
  is_current: true,
};
const THERE = { ...HERE, id: "2", device: "Safari, iPhone", is_current: false };

interface World {
  session?: object;
  factors?: object[];
  required?: boolean;
  sessions?: object[];
  programs?: object[];
  connections?: object[];
}

const open = async (world: World = {}) => {
  const { session = borrowerSession(), factors = [], required = false, sessions = [HERE, THERE] } = world;
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(session)),
    http.get(`${API}/me/second-factors/`, () => HttpResponse.json({ items: factors, required })),
    http.get(`${API}/me/sessions/`, () => HttpResponse.json({ items: sessions })),
    http.get(`${API}/me/programs/`, () => HttpResponse.json({ items: world.programs ?? [] })),
    http.get(`${API}/me/connections/`, () => HttpResponse.json({ items: world.connections ?? [] })),
  );
  const onSignedOut = vi.fn();
  renderScreen(<SecurityPage outsideFailed={false} onSignedOut={onSignedOut} />);
  await screen.findByRole("heading", { name: "Второй шаг при входе" });
  return onSignedOut;
};

const record = (method: "post" | "delete" | "patch", path: string, reply: () => Response) => {
  const bodies: unknown[] = [];
  server.use(
    http[method](`${API}${path}`, async ({ request }) => {
      bodies.push(await request.json());
      return reply();
    }),
  );
  return bodies;
};
const done = () => new HttpResponse(null, { status: 204 });

test("all other sign-ins are closed after a question, and the list is read anew", async () => {
  const onSignedOut = await open();
  expect(await screen.findByText("Safari, iPhone")).toBeVisible();
  const sent = record("post", "/me/sessions/end-all/", () => {
    server.use(http.get(`${API}/me/sessions/`, () => HttpResponse.json({ items: [HERE] })));
    return done();
  });
  await userEvent.click(screen.getByRole("button", { name: "Закрыть все остальные" }));
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Закрыть остальные" }));
  expect(await screen.findByText("Остальные входы закрыты")).toBeVisible();
  expect(sent).toEqual([{ keep_current: true }]);
  await vi.waitFor(() => expect(screen.queryByText("Safari, iPhone")).toBeNull());
  expect(onSignedOut).not.toHaveBeenCalled();
});

test("closing this sign-in too leads away", async () => {
  const onSignedOut = await open();
  const sent = record("post", "/me/sessions/end-all/", done);
  await userEvent.click(screen.getByRole("button", { name: "Закрыть все и выйти" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Закрыть все и выйти" }));
  await vi.waitFor(() => expect(onSignedOut).toHaveBeenCalledTimes(1));
  expect(sent).toEqual([{ keep_current: false }]);
});

test("one sign-in can be closed, but not the one in use", async () => {
  await open();
  const ended = vi.fn(done);
  server.use(http.delete(`${API}/me/sessions/2/`, ended));
  await userEvent.click(await screen.findByRole("button", { name: /Закрыть вход: Safari, iPhone/ }));
  expect(await screen.findByText("Вход закрыт")).toBeVisible();
  expect(ended).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole("button", { name: /Закрыть вход: Chrome, Windows/ })).toBeNull();
  expect(screen.getByText("вы здесь")).toBeVisible();
});

test("a password is set, and the server's word about it stands at the field", async () => {
  await open();
  let isGood = false;
  const sent = record("post", "/me/password/", () =>
    isGood
      ? done()
      : problem(400, "validation", {
          errors: [{ pointer: "/password", code: "too_common", detail: "Слишком частый пароль." }],
        }),
  );
  await userEvent.click(screen.getByRole("button", { name: "Задать: Пароль" }));
  const field = screen.getByLabelText("Новый пароль");
  await userEvent.type(field, "short{Enter}");
  expect(await screen.findByText(/Пароль короткий/)).toBeVisible();
  expect(sent).toEqual([]);
  await userEvent.type(field, " but longer{Enter}");
  expect(await screen.findByText("Слишком частый пароль.")).toBeVisible();
  isGood = true;
  await userEvent.type(field, "!{Enter}");
  expect(await screen.findByText(/Пароль сохранён/)).toBeVisible();
  expect(sent.at(-1)).toEqual({ password: "short but longer!" });
});

const SENT = {
  masked_phone: "",
  masked_email: "n•••@mail.kz",
  expires_in_seconds: 180,
  resend_after_seconds: 30,
};

test("an e-mail is added with the code from the letter", async () => {
  await open();
  const asked = record("post", "/me/email/", () => HttpResponse.json(SENT, { status: 202 }));
  const confirmed = record("post", "/me/email/confirm/", () => HttpResponse.json({}));
  await userEvent.click(screen.getByRole("button", { name: "Добавить: Электронная почта" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText("Электронная почта"), "name@mail.kz{Enter}");
  await userEvent.type(await screen.findByLabelText("Код из письма, 6 цифр"), "123456");
  expect(await screen.findByText("Почта подтверждена")).toBeVisible();
  expect(asked).toEqual([{ email: "name@mail.kz" }]);
  expect(confirmed).toEqual([{ code: "123456" }]);
});

test("a number of another account is told after its code, and another one can be given", async () => {
  await open();
  const asked = record("post", "/me/phone/", () =>
    HttpResponse.json({ ...SENT, masked_email: "", masked_phone: "+7 ••• ••• 18 41" }, { status: 202 }),
  );
  record("post", "/me/phone/confirm/", () =>
    problem(409, "accounts.phone_taken", { detail: "Этот номер у другого аккаунта." }),
  );
  await userEvent.click(screen.getByRole("button", { name: "Изменить: Телефон" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Новый номер телефона" }), "87075551841{Enter}");
  await userEvent.type(await screen.findByLabelText("Код из SMS, 6 цифр"), "123456");
  expect(await screen.findByText("Этот номер у другого аккаунта.")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Новый номер телефона" })).toHaveValue("+7 707 555 18 41");
  await userEvent.click(screen.getByRole("button", { name: "Получить код" }));
  expect(await screen.findByLabelText("Код из SMS, 6 цифр")).toBeVisible();
  expect(asked).toHaveLength(2);
});

test("the last factor of staff stays, and the dialog says why", async () => {
  await open({ session: staffSession([]), factors: [TOTP, CODES], required: true });
  server.use(
    http.delete(`${API}/me/second-factors/7/`, () =>
      problem(409, "auth.last_factor", { detail: "Сначала добавьте другой способ." }),
    ),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Удалить: Мой телефон" }));
  await userEvent.click(screen.getByRole("button", { name: "Удалить способ" }));
  expect(await screen.findByText("Сначала добавьте другой способ.")).toBeVisible();
});

test("new recovery codes are shown once, after a question", async () => {
  await open({ factors: [TOTP, CODES] });
  expect(await screen.findByText("Осталось 2 кода")).toBeVisible();
  const made = record("post", "/me/second-factors/recovery-codes/", () =>
    HttpResponse.json({ recovery_codes: ["1111", "2222"] }),
  );
  await userEvent.click(screen.getByRole("button", { name: "Создать новые коды" }));
  expect(made).toHaveLength(0);
  await userEvent.click(screen.getByRole("button", { name: "Создать коды" }));
  expect(await screen.findByText("2222")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Коды сохранены" }));
  expect(screen.queryByText("2222")).toBeNull();
});

test("a factor gets another name", async () => {
  await open({ factors: [TOTP] });
  const sent = record("patch", "/me/second-factors/7/", () => HttpResponse.json(TOTP));
  await userEvent.click(await screen.findByRole("button", { name: "Переименовать: Мой телефон" }));
  const field = screen.getByLabelText("Новое название");
  await userEvent.clear(field);
  await userEvent.type(field, "Старый телефон{Enter}");
  await vi.waitFor(() => expect(sent).toEqual([{ name: "Старый телефон" }]));
});

test("a program loses its access after a question", async () => {
  await open({
    programs: [
      {
        id: "p1",
        name: "Бухгалтер",
        scopes: [{ code: "cases:read", label: "Видеть дела", explanation: "" }],
        granted_at: AT,
        last_used_at: null,
      },
    ],
  });
  expect(await screen.findByText("Видеть дела")).toBeVisible();
  const removed = vi.fn(done);
  server.use(http.delete(`${API}/me/programs/p1/`, removed));
  await userEvent.click(screen.getByRole("button", { name: "Отозвать доступ: Бухгалтер" }));
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Отозвать доступ" }));
  expect(await screen.findByText("Доступ отозван")).toBeVisible();
  expect(removed).toHaveBeenCalledTimes(1);
});

test("staff whose rights wait see the set-up alone", async () => {
  await open({ session: staffSession([], { held_back: "second_factor", abilities: [] }), required: true });
  expect(await screen.findByText(/работает только со вторым шагом/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Подключить приложение с кодами" })).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Открытые входы" })).toBeNull();
});

test("a passkey is offered only where the device can keep one", async () => {
  installPasskeys();
  await open();
  expect(await screen.findByRole("link", { name: "Добавить ключ доступа" })).toHaveAttribute(
    "href",
    expect.stringContaining("way=passkey"),
  );
});
