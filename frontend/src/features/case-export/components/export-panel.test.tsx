import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import type { CaseExport } from "../queries";
import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import { ExportPanel } from "./export-panel";

const row: CaseExport = {
  id: "e1",
  kind: "pdf",
  language: "ru",
  status: "ready",
  progress_percent: 100,
  size: 1024,
  sha256: null,
  created_at: "2026-11-26T05:00:00Z",
  expires_at: "2026-12-03T05:00:00Z",
  download: true,
};

beforeEach(() => {
  server.use(
    http.get(`${API}/cases/c1/exports/`, () => HttpResponse.json({ items: [row] })),
    http.get(
      `${API}/cases/c1/exports/e1/file/`,
      () =>
        new HttpResponse("%PDF-", {
          headers: { "Content-Disposition": 'attachment; filename="KH-2026-000214_2026-11-26.pdf"' },
        }),
    ),
  );
});

test("a file is saved under the number of its case", async () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  vi.stubGlobal(
    "URL",
    Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL: () => undefined }),
  );
  renderScreen(<ExportPanel caseId="c1" />);
  await userEvent.click(await screen.findByRole("button", { name: "Скачать" }));
  await vi.waitFor(() => expect(saved).toEqual(["KH-2026-000214_2026-11-26.pdf"]));
});

test("staff are told of internal notes before they take a file, borrowers have none", async () => {
  const { unmount } = renderScreen(<ExportPanel caseId="c1" hasInternalNotes />);
  await screen.findByText(/внутренние заметки/);
  unmount();
  renderScreen(<ExportPanel caseId="c1" />);
  await screen.findByRole("button", { name: "Скачать" });
  expect(screen.queryByText(/внутренние заметки/)).toBeNull();
});
