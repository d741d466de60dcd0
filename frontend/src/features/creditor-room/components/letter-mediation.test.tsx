import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import { LetterMediation } from "./letter-mediation";

const agree = {
  action: "consent_creditor",
  label: "Согласиться на медиацию",
  needs: ["date"],
  may: ["number"],
  outcomes: [],
  ahead: false,
};
const track = {
  id: "t1",
  kind: "MEDIATION",
  proposed: false,
  state: "ACCEPTED_BY_BORROWER",
  state_label: "Заёмщик согласен на медиацию",
  version: 3,
  allowed_actions: [agree],
};
const answerWith = (tracks: unknown[]) =>
  server.use(http.get(`${API}/cases/c1/`, () => HttpResponse.json({ id: "c1", tracks })));

beforeEach(() => {
  server.use(
    http.get(`${API}/session/`, () =>
      HttpResponse.json({ authenticated: true, today: "2026-11-26", user: null }),
    ),
  );
});

test("the creditor is offered to agree to mediation of its debt", async () => {
  answerWith([track]);
  renderScreen(<LetterMediation caseId="c1" />);
  await userEvent.click(await screen.findByRole("button", { name: "Согласиться на медиацию" }));
  expect(await screen.findByRole("dialog")).toBeInTheDocument();
});

test("nothing stands there without a mediation that was opened", async () => {
  let asked = 0;
  server.use(
    http.get(`${API}/cases/c1/`, () => {
      asked += 1;
      return HttpResponse.json({
        id: "c1",
        tracks: [
          { ...track, proposed: true },
          { ...track, id: "t2", kind: "RESTRUCTURING" },
        ],
      });
    }),
  );
  renderScreen(<LetterMediation caseId="c1" />);
  await waitFor(() => expect(asked).toBe(1));
  await new Promise((done) => setTimeout(done, 20));
  expect(screen.queryByText("Медиация")).toBeNull();
});
