import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { ncaLayer, SIGNATURE, SIGNED } from "@/testing/ncalayer";
import { renderScreen } from "@/testing/render";
import { API, problem, server, sessionUser } from "@/testing/server";

import { EdsSection } from "./eds-section";

const serve = (answer: () => Response) => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${API}/me/eds/challenge/`, () =>
      HttpResponse.json({
        id: "c1",
        text: "t",
        data: "dA==",
        expires_at: "2026-11-26T10:40:00Z",
        ncalayer_url: "",
      }),
    ),
    http.post(`${API}/me/eds/`, async (call) => {
      sent.push(await call.request.json());
      return answer();
    }),
  );
  return sent;
};

test("a key is connected with the account and says so", async () => {
  ncaLayer(SIGNED);
  const sent = serve(() => HttpResponse.json(sessionUser({ has_iin: true })));
  renderScreen(<EdsSection />);
  await userEvent.click(screen.getByRole("button", { name: "Подтвердить с ЭЦП" }));
  expect(await screen.findByText(/ИИН подтверждён/)).toBeVisible();
  expect(sent).toEqual([{ id: "c1", cms: SIGNATURE }]);
});

test("the key of another person is refused in words and connects nothing", async () => {
  ncaLayer(SIGNED);
  serve(() =>
    problem(409, "auth.eds_other_iin", { title: "Чужой сертификат", detail: "ИИН в ключе не ваш." }),
  );
  renderScreen(<EdsSection />);
  await userEvent.click(screen.getByRole("button", { name: "Подтвердить с ЭЦП" }));
  expect(await screen.findByText("ИИН в ключе не ваш.")).toBeVisible();
  expect(screen.queryByText(/ИИН подтверждён/)).toBeNull();
});
