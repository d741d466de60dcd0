import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import { RecordedConsentNote } from "./recorded-consent-note";

const record = (caseId: string, actions: string[]) => ({
  id: `r-${caseId}`,
  case_id: caseId,
  allowed_actions: actions,
});

const answeredWith = (items: unknown[]) => {
  let asked = 0;
  server.use(
    http.get(`${API}/recorded-consents/`, () => {
      asked += 1;
      return HttpResponse.json({ items });
    }),
  );
  return () => waitFor(() => expect(asked).toBe(1));
};

test("a record that waits for the person's word is told of, beside its own case alone", async () => {
  answeredWith([record("c1", ["answer"]), record("c2", [])]);
  renderScreen(<RecordedConsentNote caseId="c1" />);
  expect(await screen.findByRole("link", { name: /ответить/ })).toHaveAttribute(
    "href",
    "/ru/account/consents",
  );
});

test.each([
  ["another case", [record("c9", ["answer"])], "c1"],
  ["an answered record", [record("c1", [])], undefined],
  ["no record", [], undefined],
])("nothing is told for %s", async (_what, items, caseId) => {
  const seen = answeredWith(items);
  const { container } = renderScreen(<RecordedConsentNote caseId={caseId} />);
  await seen();
  await new Promise((done) => setTimeout(done, 20));
  expect(container.querySelector("a")).toBeNull();
});
