import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { server } from "@/testing/server";

import { JobReport } from "./job-report";

const JOB = {
  id: "j1",
  kind: "import",
  action: "",
  total: 1,
  skipped: 0,
  failed: 0,
  has_file: false,
  problem: "",
};
const ROW = { position: 1, borrower_name: "", code: "", detail: "" };

test("rows are read anew when the work goes on, and say that a case is yet to come", async () => {
  let looks = 0;
  server.use(
    http.get("*/api/v1/cases/jobs/j1/", () => {
      looks += 1;
      const over = looks > 1;
      return HttpResponse.json({
        ...JOB,
        state: over ? "done" : "running",
        done: over ? 1 : 0,
        changed: over ? 1 : 0,
      });
    }),
    http.get("*/api/v1/cases/jobs/j1/rows/", () =>
      HttpResponse.json({
        items: [
          looks > 1
            ? {
                ...ROW,
                state: "changed",
                case_id: "c1",
                number: "KH-2026-000302",
                borrower_name: "Досанов К.",
              }
            : { ...ROW, state: "pending", case_id: null, number: null },
        ],
        next_cursor: null,
      }),
    ),
  );
  renderScreen(<JobReport jobId="j1" />);
  const waiting = await screen.findByText("Дела ещё нет");
  expect(within(waiting.closest("li")!).getByText("Ждёт")).toBeVisible();
  const link = await screen.findByRole("link", { name: "KH-2026-000302" }, { timeout: 4000 });
  expect(within(link.closest("li")!).getByText("Сделано")).toBeVisible();
});
