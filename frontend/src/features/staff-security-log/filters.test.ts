import { expect, test } from "vitest";

import { readLogFilters, toApiQuery } from "./filters";

const PERSON = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";

test("the last day is included, whatever month ends with it", () => {
  const filters = { type: "", actor: "", person: PERSON, since: "2026-11-30", until: "2026-11-30" };
  expect(toApiQuery(filters)).toEqual({
    type: "",
    actor_id: "",
    person_id: PERSON,
    since: "2026-11-30T00:00:00+05:00",
    until: "2026-12-01T00:00:00+05:00",
  });
});

test("what is no id and no day in an address counts for nothing", () => {
  const address = new URLSearchParams(
    "person=Иванов&actor=1&since=вчера&until=2026-11-30&type=person.signed_in",
  );
  expect(readLogFilters((name) => address.get(name) ?? "")).toEqual({
    type: "person.signed_in",
    actor: "",
    person: "",
    since: "",
    until: "2026-11-30",
  });
});
