import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { EvidencePackage } from "@/api/signing";
import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { EvidencePanel } from "./evidence-panel";

const EVIDENCE = `${API}/documents/d1/evidence/`;

const made = (extra: Partial<EvidencePackage> = {}): EvidencePackage => ({
  id: "e1",
  state: "preparing",
  progress: 40,
  ordered_at: "2026-11-26T10:00:00Z",
  made_at: null,
  size: null,
  sha256: null,
  url: null,
  ...extra,
});

const READY = made({
  state: "ready",
  progress: 100,
  made_at: "2026-11-26T10:01:00Z",
  size: 1_400_000,
  sha256: "ab".repeat(32),
  url: "/api/v1/documents/d1/evidence/file/",
});

test("is ordered by a press, followed while it is made, and loaded", async () => {
  const answers: Response[] = [
    problem(404, "signing.evidence_not_ordered"),
    HttpResponse.json(made()),
    HttpResponse.json(READY),
  ];
  let ordered = 0;
  server.use(
    http.get(EVIDENCE, () => (answers.length > 1 ? answers.shift() : answers[0]?.clone())),
    http.post(EVIDENCE, () => {
      ordered += 1;
      return HttpResponse.json(made({ progress: 0 }), { status: 202 });
    }),
  );
  renderScreen(<EvidencePanel documentId="d1" />);
  await userEvent.click(await screen.findByRole("button", { name: "Подготовить архив" }));
  expect(await screen.findByRole("progressbar")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
  await waitFor(() => expect(screen.getByRole("link", { name: /Скачать архив/ })).toBeVisible());
  expect(screen.getByRole("link", { name: /Скачать архив/ })).toHaveAttribute("href", READY.url);
  expect(ordered).toBe(1);
});

test("a failed one can be ordered again", async () => {
  server.use(http.get(EVIDENCE, () => HttpResponse.json(made({ state: "failed" }))));
  renderScreen(<EvidencePanel documentId="d1" />);
  expect(await screen.findByText(/Собрать архив не получилось/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Подготовить заново" })).toBeVisible();
});

test("a refusal is said in the server's words and nothing is offered for loading", async () => {
  server.use(
    http.get(EVIDENCE, () => problem(404, "signing.evidence_not_ordered")),
    http.post(EVIDENCE, () =>
      problem(409, "signing.nothing_signed", { detail: "Документ ещё не подписан." }),
    ),
  );
  renderScreen(<EvidencePanel documentId="d1" />);
  await userEvent.click(await screen.findByRole("button", { name: "Подготовить архив" }));
  expect(await screen.findByText("Документ ещё не подписан.")).toBeVisible();
  expect(screen.queryByRole("link", { name: /Скачать/ })).toBeNull();
});
