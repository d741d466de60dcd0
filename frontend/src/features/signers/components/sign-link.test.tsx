import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { SigningRound } from "@/api/signing";
import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import { round, signer } from "../testing/round";
import { SignLink } from "./sign-link";

const show = (standing: SigningRound) => {
  const asked: number[] = [];
  server.use(
    http.get(`${API}/documents/d1/signing/`, () => {
      asked.push(1);
      return HttpResponse.json(standing);
    }),
  );
  renderScreen(<SignLink documentId="d1" />);
  return asked;
};

test.each([
  ["nobody was chosen", round()],
  [
    "it is one's own turn",
    round({ id: "r", status: "open", signers: [signer({ is_me: true, is_turn: true })] }),
  ],
  ["the last round has ended", round({ id: "r", status: "declined", signers: [signer({ is_me: true })] })],
])("leads to signing while %s", async (_why, standing) => {
  show(standing);
  expect(await screen.findByRole("link", { name: "Прочитать и подписать" })).toHaveAttribute(
    "href",
    "/ru/sign/d1",
  );
});

test.each([
  ["others sign", [signer({ is_me: false, is_turn: true })]],
  ["one's turn comes later", [signer({ is_me: true, is_turn: false })]],
])("is away while %s", async (_why, signers) => {
  const asked = show(round({ id: "r", status: "open", signers }));
  await waitFor(() => expect(asked).toHaveLength(1));
  await waitFor(() => expect(document.querySelector(".animate-pulse")).toBeNull());
  expect(screen.queryByRole("link")).toBeNull();
});
