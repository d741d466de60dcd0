import { describe, expect, test } from "vitest";

import {
  fromBody,
  NO_FILTERS,
  readFilters,
  toApiQuery,
  toBody,
  VIEW_NAMES,
  VIEWS,
  writeFilters,
} from "./filters";

const read = (address: string) => readFilters(new URLSearchParams(address));
const CREDITOR = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";

describe("the address of the list", () => {
  test.each([
    "",
    "status=open&assignee=me&sort=next_deadline",
    "status=triage&status=active&urgency=1&urgency=2",
    `creditor=${CREDITOR}&created_after=2026-11-01&created_before=2026-11-25`,
    "deadline_before=2026-12-01&sort=urgency",
    "status=open&pressing=true&sort=next_deadline",
  ])("«%s» is read and written back the same", (address) => {
    expect(writeFilters(read(address))).toBe(address);
  });

  test.each([
    "status=nonsense&colour=red",
    "assignee=somebody",
    "urgency=9",
    "creditor=kaspi",
    "created_after=01.11.2026",
    "sort=name",
    "pressing=yes",
  ])("«%s» of an old or mistyped link narrows nothing", (address) => {
    expect(read(address)).toEqual(NO_FILTERS);
  });

  test.each(VIEW_NAMES)("the kept view «%s» is whole after its way through an address", (name) => {
    expect(read(writeFilters(VIEWS[name]))).toEqual(VIEWS[name]);
  });
});

test("open stands for the six statuses in which there is work", () => {
  expect(toApiQuery(read("status=open")).status).toEqual([
    "submitted",
    "triage",
    "awaiting_borrower",
    "active",
    "suspended",
    "monitoring",
  ]);
});

test("filters that are off are not sent", () => {
  const sent = Object.entries(toApiQuery(NO_FILTERS)).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  expect(sent).toEqual([["sort", "-created_at"]]);
});

test("a saved view reads back as the filters that it keeps", () => {
  const filters = {
    ...NO_FILTERS,
    urgency: ["1"],
    amountFrom: "50000000",
    trackKind: ["MEDIATION"],
    term: ["overdue", "today"],
    unread: true,
  };
  expect(toBody(filters)).toEqual({
    urgency: [1],
    amount_from: 50_000_000,
    track_kind: ["MEDIATION"],
    term: ["overdue", "today"],
    unread: true,
    sort: "-created_at",
  });
  expect(fromBody(toBody(filters))).toEqual(filters);
  expect(readFilters(new URLSearchParams(writeFilters(filters)))).toEqual(filters);
});
