import { useMutation } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { api } from "@/lib/api-client";
import { useProblemText } from "@/lib/use-problem-text";
import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { ProofGate } from "./proof-gate";

const Form = ({ method }: { method: "post" | "delete" }) => {
  const describe = useProblemText();
  const save = useMutation({
    mutationFn: () => api[method]<{ id: string }>("/me/powers/", { number: "7-12" }),
  });
  return (
    <>
      <TextInput id="note" label="Заметка" />
      <Button onClick={() => save.mutate()}>Выдать доверенность</Button>
      {save.data && <p>Готово</p>}
      {save.error && <p role="alert">{describe(save.error)}</p>}
    </>
  );
};

interface Seen {
  key: string | null;
  body: unknown;
}

/** The action asks for a proof until one was accepted; remembers every try. */
const openForm = async (
  methods: string[],
  codeTo: string | null = null,
  method: "post" | "delete" = "post",
) => {
  const tries: Seen[] = [];
  const proofs: unknown[] = [];
  let isProven = false;
  const act = async ({ request }: { request: Request }) => {
    tries.push({ key: request.headers.get("Idempotency-Key"), body: await request.json() });
    return isProven ? HttpResponse.json({ id: "1" }) : problem(403, "auth.proof_required");
  };
  server.use(
    http.post(`${API}/me/powers/`, act),
    http.delete(`${API}/me/powers/`, act),
    http.get(`${API}/auth/proof/`, () => HttpResponse.json({ methods, code_to: codeTo })),
    http.post(`${API}/auth/proof/code/`, () =>
      HttpResponse.json(
        {
          masked_phone: codeTo ?? "",
          masked_email: codeTo?.includes("@") ? codeTo : "",
          expires_in_seconds: 180,
          resend_after_seconds: 30,
        },
        { status: 202 },
      ),
    ),
    http.post(`${API}/auth/proof/`, async ({ request }) => {
      const body: unknown = await request.json();
      proofs.push(body);
      if (!JSON.stringify(body).includes("wrong") && !JSON.stringify(body).includes("000000"))
        isProven = true;
      return isProven
        ? HttpResponse.json({ fresh_until: "2026-11-25T12:00:00Z" })
        : problem(400, "validation", { errors: [{ pointer: "/value", code: "incorrect", detail: "" }] });
    }),
  );
  renderScreen(
    <>
      <Form method={method} />
      <ProofGate />
    </>,
  );
  await userEvent.type(screen.getByLabelText("Заметка"), "напечатано");
  await userEvent.click(screen.getByRole("button", { name: "Выдать доверенность" }));
  const dialog = await screen.findByRole("dialog", { name: "Подтвердите, что это вы" });
  return { dialog, tries, proofs };
};

test("after a password the same request goes out once more with the same key", async () => {
  const { tries, proofs } = await openForm(["password"]);
  await userEvent.type(await screen.findByLabelText("Пароль"), "correct-horse{Enter}");
  expect(await screen.findByText("Готово")).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(proofs).toEqual([{ method: "password", value: "correct-horse" }]);
  expect(tries).toHaveLength(2);
  expect(tries[1]).toEqual(tries[0]);
  expect(tries[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
  expect(screen.getByLabelText("Заметка")).toHaveValue("напечатано");
});

test("a deletion that needs a proof is repeated as well", async () => {
  const { tries } = await openForm(["password"], null, "delete");
  await userEvent.type(await screen.findByLabelText("Пароль"), "correct-horse{Enter}");
  expect(await screen.findByText("Готово")).toBeVisible();
  expect(tries).toHaveLength(2);
});

test("closing the question changes nothing and says so", async () => {
  const { tries } = await openForm(["password"]);
  await screen.findByLabelText("Пароль");
  await userEvent.keyboard("{Escape}");
  expect(await screen.findByText(/ничего не изменилось/)).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(tries).toHaveLength(1);
  expect(screen.getByLabelText("Заметка")).toHaveValue("напечатано");
});

test("a wrong password is said at its field and can be tried again", async () => {
  await openForm(["password"]);
  const field = await screen.findByLabelText("Пароль");
  await userEvent.type(field, "wrong{Enter}");
  expect(await screen.findByText(/Пароль не подошёл/)).toBeVisible();
  expect(field).toHaveFocus();
  await userEvent.clear(field);
  await userEvent.type(field, "right{Enter}");
  expect(await screen.findByText("Готово")).toBeVisible();
});

test("a code of the app is sent by its last digit", async () => {
  const { proofs } = await openForm(["totp", "password"]);
  await userEvent.type(await screen.findByLabelText("Код из приложения, 6 цифр"), "123456");
  expect(await screen.findByText("Готово")).toBeVisible();
  expect(proofs).toEqual([{ method: "totp", value: "123456" }]);
});

test("another way can be chosen, and a code goes to the phone only when asked for", async () => {
  const { proofs } = await openForm(["password", "code"], "+7 ••• ••• 18 41");
  await userEvent.click(await screen.findByRole("button", { name: "Кодом из SMS" }));
  expect(screen.getByText("Пришлём код в SMS на +7 ••• ••• 18 41.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Отправить код" }));
  const field = await screen.findByLabelText("Код из SMS, 6 цифр");
  await userEvent.type(field, "000000");
  expect(await screen.findByText(/Код не подошёл/)).toBeVisible();
  await userEvent.clear(field);
  await userEvent.type(field, "123456");
  expect(await screen.findByText("Готово")).toBeVisible();
  expect(proofs.at(-1)).toEqual({ method: "code", value: "123456" });
});

test("a code by e-mail is called so", async () => {
  await openForm(["code"], "m•••@kenes.kz");
  await userEvent.click(await screen.findByRole("button", { name: "Отправить код" }));
  expect(await screen.findByLabelText("Код из письма, 6 цифр")).toBeVisible();
});

test("a passkey is not offered where the device knows none", async () => {
  await openForm(["passkey", "password"]);
  expect(await screen.findByLabelText("Пароль")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Ключом доступа" })).toBeNull();
});

test("too many tries say how long to wait", async () => {
  await openForm(["password"]);
  server.use(
    http.post(`${API}/auth/proof/`, () =>
      HttpResponse.json(
        { code: "throttled", status: 429, detail: "" },
        { status: 429, headers: { "Retry-After": "90" } },
      ),
    ),
  );
  await userEvent.type(await screen.findByLabelText("Пароль"), "x{Enter}");
  expect(await screen.findByText(/Попробовать снова можно через 1:30/)).toBeVisible();
});

test("requests that meet the question together are answered by one proof", async () => {
  let isProven = false;
  const act = vi.fn(() => (isProven ? HttpResponse.json({}) : problem(403, "auth.proof_required")));
  server.use(
    http.post(`${API}/one/`, act),
    http.post(`${API}/two/`, act),
    http.get(`${API}/auth/proof/`, () => HttpResponse.json({ methods: ["password"], code_to: null })),
    http.post(`${API}/auth/proof/`, () => {
      isProven = true;
      return HttpResponse.json({ fresh_until: "" });
    }),
  );
  renderScreen(<ProofGate />);
  const both = Promise.all([api.post("/one/"), api.post("/two/")]);
  await userEvent.type(await screen.findByLabelText("Пароль"), "x{Enter}");
  await both;
  expect(act).toHaveBeenCalledTimes(4);
});

test("an account with nothing to confirm with is told so", async () => {
  await openForm([]);
  expect(await screen.findByText(/нет ни телефона, ни подтверждённой почты/)).toBeVisible();
});
