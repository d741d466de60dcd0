import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import type { FromWorker } from "../browser-check";
import { OfflineCheck } from "./offline-check";

const workers: FakeWorker[] = [];

class FakeWorker {
  onmessage: ((message: { data: FromWorker }) => void) | null = null;
  readonly asked: unknown[] = [];

  constructor() {
    workers.push(this);
  }

  postMessage(message: unknown) {
    this.asked.push(message);
  }

  terminate() {
    workers.length = 0;
  }

  says(data: FromWorker) {
    act(() => this.onmessage?.({ data }));
  }
}

beforeEach(() => {
  vi.stubGlobal("Worker", FakeWorker);
  server.use(http.get(`${API}/seal-authorities/`, () => HttpResponse.json({ items: [] })));
});

afterEach(() => vi.unstubAllGlobals());

const begin = async () => {
  renderScreen(<OfflineCheck />);
  await userEvent.upload(screen.getByLabelText(/Выбрать архив/), new File(["PK"], "архив.zip"));
  await userEvent.click(screen.getByRole("button", { name: "Проверить в браузере" }));
  await vi.waitFor(() => expect(workers[0]?.asked).toHaveLength(1));
  const [worker] = workers;
  if (!worker) throw new Error("no worker");
  return worker;
};

test("tells how much of the checker has come, and never more than there is", async () => {
  const worker = await begin();
  const bar = screen.getByRole("progressbar");
  expect(bar).toHaveAttribute("value", "0");
  worker.says({ stage: "loading", loaded: 6_400_000 });
  expect(bar).toHaveAccessibleName(/6 из 12 МБ/);
  worker.says({ stage: "loading", loaded: 99_000_000 });
  expect(bar).toHaveAccessibleName(/12 из 12 МБ/);
  worker.says({ stage: "checking" });
  expect(screen.queryByRole("progressbar")).toBeNull();
  expect(screen.getByText("Проверяем архив")).toBeVisible();
});

test("an archive that does not open is refused without empty facts", async () => {
  const worker = await begin();
  const evidence = {
    document_number: "",
    document_sha256: "",
    made_at: null,
    sealed_by: "",
    stamped_at: null,
    stamped_by: "",
    anchored_on: "",
    anchor_stamped_at: null,
    files: 0,
    events_shown: 0,
    events_hidden: 0,
    anchors: [],
    anchors_from: "given" as const,
    steps: [],
  };
  worker.says({
    stage: "done",
    report: { verdict: "invalid", format: "evidence", reason: "malformed", signers: [], evidence },
  });
  expect(screen.getByRole("heading", { name: "Подпись недействительна" })).toHaveFocus();
  expect(screen.queryByText("Что в архиве")).toBeNull();
});
