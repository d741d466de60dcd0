import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { Consent } from "./consent";

const QUERY = "client_id=abc&scope=openid+cases%3Aread&state=x%26y";
const scope = (code: string, isNew: boolean) => ({
  code,
  label: code === "openid" ? "Узнать вас" : "Видеть ваши дела",
  explanation: `Объяснение ${code}`,
  new: isNew,
});

const open = (scopes = [scope("openid", true), scope("cases:read", true)]) => {
  const asked: string[] = [];
  server.use(
    http.get(`${API}/oauth/authorization/`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({
        client: { name: "Бухгалтер", organisation_name: "ТОО «Счёт»" },
        scopes,
        account: { full_name: "Оспанов Ерлан" },
      });
    }),
  );
  const leave = vi.fn();
  renderScreen(<Consent query={QUERY} leave={leave} />);
  return { leave, asked };
};

const answer = (reply: () => Response) => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${API}/oauth/authorization/`, async ({ request }) => {
      sent.push(await request.json());
      return reply();
    }),
  );
  return sent;
};

const back = () => HttpResponse.json({ redirect_to: "https://partner.example/cb?code=1" });

test("the program, its owner and each right are named before anything is allowed", async () => {
  const { leave, asked } = open();
  expect(await screen.findByRole("heading", { name: /программе «Бухгалтер»/ })).toBeVisible();
  expect(screen.getByText(/ТОО «Счёт»/)).toBeVisible();
  expect(screen.getByText("Видеть ваши дела")).toBeVisible();
  expect(screen.getByText("Объяснение cases:read")).toBeVisible();
  expect(screen.getByText(/Оспанов Ерлан/)).toBeVisible();
  expect(asked).toEqual([`?${QUERY}`]);
  expect(leave).not.toHaveBeenCalled();
});

test("allowing sends the query as it came and goes back to the program", async () => {
  const { leave } = open();
  const sent = answer(back);
  await userEvent.click(await screen.findByRole("button", { name: "Разрешить доступ" }));
  await vi.waitFor(() => expect(leave).toHaveBeenCalledWith("https://partner.example/cb?code=1"));
  expect(sent).toEqual([{ query: QUERY, allow: true }]);
});

test("refusing is as easy and goes back as well", async () => {
  const { leave } = open();
  const sent = answer(back);
  await userEvent.click(await screen.findByRole("button", { name: "Отказать" }));
  await vi.waitFor(() => expect(leave).toHaveBeenCalledTimes(1));
  expect(sent).toEqual([{ query: QUERY, allow: false }]);
});

test("rights that come on top of earlier ones are marked", async () => {
  open([scope("openid", false), scope("cases:read", true)]);
  expect(await screen.findAllByText("новое")).toHaveLength(1);
});

test("a program that asks wrongly gets nothing, and the person is told", async () => {
  server.use(http.get(`${API}/oauth/authorization/`, () => problem(400, "oauth.bad_request")));
  renderScreen(<Consent query="client_id=evil" leave={vi.fn()} />);
  expect(await screen.findByText("Программа обратилась неправильно")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Разрешить доступ" })).toBeNull();
});

test("a lost line keeps the question", async () => {
  const { leave } = open();
  answer(() => HttpResponse.error());
  await userEvent.click(await screen.findByRole("button", { name: "Разрешить доступ" }));
  expect(await screen.findByText(/Нет связи с сервером/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Разрешить доступ" })).toBeEnabled();
  expect(leave).not.toHaveBeenCalled();
});
