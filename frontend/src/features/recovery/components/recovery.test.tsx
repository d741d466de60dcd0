import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { Recovery } from "./recovery";

const SENT = {
  masked_phone: "",
  masked_email: "m•••@kenes.kz",
  expires_in_seconds: 180,
  resend_after_seconds: 30,
};

const openPasswordStep = async (typed = "manager1@kenes.kz", sent: object = SENT) => {
  const asked: unknown[] = [];
  server.use(
    http.post(`${API}/auth/recovery/`, async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json(sent, { status: 202 });
    }),
  );
  renderScreen(<Recovery />);
  await userEvent.type(screen.getByLabelText("Почта или номер телефона"), `${typed}{Enter}`);
  const code = await screen.findByLabelText(/Код из (письма|SMS), 6 цифр/);
  return { asked, code, password: screen.getByLabelText("Новый пароль") };
};

const answer = (reply: () => Response) => {
  const confirmed: unknown[] = [];
  server.use(
    http.post(`${API}/auth/recovery/confirm/`, async ({ request }) => {
      confirmed.push(await request.json());
      return reply();
    }),
  );
  return confirmed;
};

test("an e-mail, a code and a new password lead back to signing in", async () => {
  const { asked, code, password } = await openPasswordStep();
  expect(asked).toEqual([{ email: "manager1@kenes.kz" }]);
  expect(code).toHaveFocus();
  const confirmed = answer(() => new HttpResponse(null, { status: 204 }));
  await userEvent.type(code, "123456");
  await userEvent.type(password, "new long password{Enter}");
  expect(await screen.findByRole("heading", { name: "Пароль изменён" })).toHaveFocus();
  expect(confirmed).toEqual([{ code: "123456", password: "new long password" }]);
  expect(screen.getByRole("link", { name: "Войти с паролем" })).toHaveAttribute("href", "/ru/sign-in/staff");
});

test("a phone number typed in any usual way is sent in one form", async () => {
  const { asked } = await openPasswordStep("8 707 555 18 41", {
    ...SENT,
    masked_email: "",
    masked_phone: "+7 …",
  });
  expect(asked).toEqual([{ phone: "+77075551841" }]);
  expect(screen.getByLabelText("Код из SMS, 6 цифр")).toBeVisible();
});

test("what is neither an e-mail nor a number is explained before anything is sent", async () => {
  renderScreen(<Recovery />);
  const field = screen.getByLabelText("Почта или номер телефона");
  await userEvent.type(field, "manager1{Enter}");
  expect(screen.getByText(/не похоже ни на почту/)).toBeVisible();
  expect(field).toHaveFocus();
});

test("a short password is said before the code is used up", async () => {
  const { code, password } = await openPasswordStep();
  const confirmed = answer(() => new HttpResponse(null, { status: 204 }));
  await userEvent.type(code, "123456");
  await userEvent.type(password, "short{Enter}");
  expect(screen.getByText(/Пароль короткий/)).toBeVisible();
  expect(password).toHaveFocus();
  expect(confirmed).toEqual([]);
});

test("a common password is said in the words of the server, at its field", async () => {
  const { code, password } = await openPasswordStep();
  answer(() =>
    problem(400, "validation", {
      errors: [{ pointer: "/password", code: "too_common", detail: "Этот пароль слишком частый." }],
    }),
  );
  await userEvent.type(code, "123456");
  await userEvent.type(password, "password1234{Enter}");
  expect(await screen.findByText("Этот пароль слишком частый.")).toBeVisible();
  expect(password).toHaveFocus();
  expect(code).toHaveValue("123456");
});

test("a wrong code keeps the password", async () => {
  const { code, password } = await openPasswordStep();
  answer(() =>
    problem(400, "validation", {
      errors: [{ pointer: "/code", code: "incorrect_code", detail: "", tries_left: 1 }],
    }),
  );
  await userEvent.type(code, "000000");
  await userEvent.type(password, "new long password{Enter}");
  expect(await screen.findByText("Код не подошёл. Осталась 1 попытка.")).toBeVisible();
  expect(code).toHaveFocus();
  expect(password).toHaveValue("new long password");
});

test("spent tries lead back to the address, which stays", async () => {
  const { code, password } = await openPasswordStep();
  answer(() => problem(409, "auth.code_spent"));
  await userEvent.type(code, "000000");
  await userEvent.type(password, "new long password{Enter}");
  await userEvent.click(await screen.findByRole("button", { name: "Получить новый код" }));
  expect(screen.getByLabelText("Почта или номер телефона")).toHaveValue("manager1@kenes.kz");
});

test("a password can be looked at, and its rules are ticked off while typing", async () => {
  const { password } = await openPasswordStep();
  await userEvent.type(password, "1234567890");
  await userEvent.click(screen.getByRole("button", { name: "Показать пароль" }));
  expect(password).toHaveAttribute("type", "text");
  expect(screen.getByText(/Не короче 10 знаков/).closest("li")).toHaveTextContent("выполнено");
  expect(screen.getByText(/Не только цифры/).closest("li")).toHaveTextContent("пока нет");
  await userEvent.type(password, "a");
  await vi.waitFor(() =>
    expect(screen.getByText(/Не только цифры/).closest("li")).toHaveTextContent("выполнено"),
  );
});
