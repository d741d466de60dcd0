import { expect, test } from "vitest";

import type { DocumentRow } from "@/api/types";

import { documentPolling } from "./document-polling";

const row = (
  status: DocumentRow["status"],
  dispatch?: "waiting_address" | "queued" | "sending" | "accepted",
) =>
  ({
    status,
    dispatch: dispatch ? { status: dispatch } : null,
  }) as Pick<DocumentRow, "status" | "dispatch">;

test("letters under way are asked for again, settled ones are not", () => {
  expect(documentPolling([row("ready_to_sign"), row("preparing")])).toBe(3_000);
  expect(documentPolling([row("signed")])).toBe(5_000);
  expect(documentPolling([row("sealed", "queued")])).toBe(5_000);
  expect(documentPolling([row("sealed", "sending")])).toBe(5_000);
  expect(documentPolling([row("sealed", "waiting_address"), row("sent", "accepted")])).toBe(false);
  expect(documentPolling([])).toBe(false);
});
