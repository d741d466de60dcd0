import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server } from "@/testing/server";

import { PhoneSignIn } from "./phone-sign-in";

const CODE_SENT = { masked_phone: "+7 ••• ••• 18 41", expires_in_seconds: 180, resend_after_seconds: 30 };

const openCodeField = async () => {
  const phones: unknown[] = [];
  server.use(
    http.post(`${API}/auth/phone/`, async ({ request }) => {
      phones.push(await request.json());
      return HttpResponse.json(CODE_SENT, { status: 202 });
    }),
  );
  const onDone = vi.fn();
  renderScreen(<PhoneSignIn onDone={onDone} />);
  await userEvent.type(screen.getByLabelText("Ваш номер телефона"), "8 707 555 18 41");
  await userEvent.click(screen.getByRole("button", { name: "Получить код" }));
  const code = await screen.findByLabelText("Код из SMS, 6 цифр");
  return { code, onDone, phones };
};

const answerCode = (answer: () => Response) => server.use(http.post(`${API}/auth/phone/confirm/`, answer));

test("a number typed in any usual way is sent in one form", async () => {
  const { phones } = await openCodeField();
  expect(phones).toEqual([{ phone: "+77075551841" }]);
  expect(screen.getByText(/Отправили на \+7 ••• ••• 18 41/)).toBeVisible();
});

test("a number that is too short is explained before anything is sent", async () => {
  renderScreen(<PhoneSignIn onDone={vi.fn()} />);
  await userEvent.type(screen.getByLabelText("Ваш номер телефона"), "8707555");
  await userEvent.click(screen.getByRole("button", { name: "Получить код" }));
  expect(screen.getByText(/После \+7 должно быть 10 цифр/)).toBeVisible();
});

test("the last digit sends the code by itself and lets the person in", async () => {
  const { code, onDone } = await openCodeField();
  answerCode(() => HttpResponse.json(borrowerSession()));
  await userEvent.type(code, "123456");
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
});

test("a wrong code says how many tries are left and keeps the digits", async () => {
  const { code, onDone } = await openCodeField();
  answerCode(() =>
    problem(400, "validation", {
      errors: [{ pointer: "/code", code: "incorrect_code", detail: "", tries_left: 2 }],
    }),
  );
  await userEvent.type(code, "999999");
  expect(await screen.findByText("Код не подошёл. Остались 2 попытки.")).toBeVisible();
  expect(code).toHaveValue("999999");
  expect(onDone).not.toHaveBeenCalled();
});

test("spent tries close the field and lead back to the number", async () => {
  const { code } = await openCodeField();
  answerCode(() => problem(409, "auth.code_spent"));
  await userEvent.type(code, "999999");
  expect(await screen.findByText(/Попытки закончились/)).toBeVisible();
  expect(screen.queryByLabelText("Код из SMS, 6 цифр")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Получить новый код" }));
  expect(screen.getByLabelText("Ваш номер телефона")).toHaveValue("+7 707 555 18 41");
});

test("an expired code is replaced by a new one on request", async () => {
  const { code } = await openCodeField();
  answerCode(() => problem(409, "auth.code_expired"));
  server.use(http.post(`${API}/auth/phone/resend/`, () => HttpResponse.json(CODE_SENT, { status: 202 })));
  await userEvent.type(code, "123456");
  await userEvent.click(await screen.findByRole("button", { name: "Получить новый код" }));
  expect(await screen.findByLabelText("Код из SMS, 6 цифр")).toHaveValue("");
});

test("a lost line says so and the number stays", async () => {
  server.use(http.post(`${API}/auth/phone/`, () => HttpResponse.error()));
  renderScreen(<PhoneSignIn onDone={vi.fn()} />);
  const field = screen.getByLabelText("Ваш номер телефона");
  await userEvent.type(field, "87075551841");
  await userEvent.click(screen.getByRole("button", { name: "Получить код" }));
  expect(await screen.findByText(/Нет связи с сервером/)).toBeVisible();
  expect(field).toHaveValue("+7 707 555 18 41");
});
