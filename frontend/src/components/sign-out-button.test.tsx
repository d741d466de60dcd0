import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, borrowerSession, server } from "@/testing/server";

import { SignOutButton } from "./sign-out-button";

test("signing out leaves nothing of a draft on the device and keeps what is not ours", async () => {
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession())),
    http.post(`${API}/auth/logout/`, () => new HttpResponse(null, { status: 204 })),
  );
  localStorage.setItem("kenes.draft.case-1", "{}");
  localStorage.setItem("other", "1");
  renderScreen(<SignOutButton />);
  await userEvent.click(await screen.findByRole("button", { name: "Выйти" }));
  await waitFor(() => expect(Object.keys(localStorage)).toEqual(["other"]));
});
