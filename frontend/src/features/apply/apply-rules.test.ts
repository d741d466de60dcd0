import { describe, expect, test } from "vitest";

import { keepOnDevice, mergeDeviceOver, readFromDevice } from "./device-draft";
import { emptyDebt, emptyDraft, readDraft } from "./draft";
import { contractSchema, overdueSchema, reliefNumbersSchema } from "./schemas";
import { sequence, stepAfter, stepBefore, stepFromText, stepToText } from "./steps";
import { incompleteSteps, placeError, toSubmission } from "./submission";
import { fullDraft } from "./testing/full-draft";

const TODAY = "2026-11-25";

describe("steps", () => {
  test("every debt has its own pages, and the list of debts follows the last page of each", () => {
    const draft = { ...fullDraft(), debts: [emptyDebt(), emptyDebt()] };
    expect(sequence(draft).filter((step) => step.name === "amounts")).toHaveLength(2);
    expect(stepAfter(draft, { name: "overdue", index: 0 })).toEqual({ name: "debts" });
    expect(stepBefore(draft, { name: "creditor", index: 1 })).toEqual({ name: "debts" });
  });

  test("the first page has nothing before it", () =>
    expect(stepBefore(fullDraft(), { name: "person" })).toBeNull());

  test("an address names a page and people count from one", () => {
    expect(stepToText({ name: "amounts", index: 1 })).toBe("amounts.2");
    expect(stepFromText("amounts.2")).toEqual({ name: "amounts", index: 1 });
    expect(stepFromText("amounts.0")).toBeNull();
    expect(stepFromText("passwords")).toBeNull();
  });
});

describe("submission", () => {
  test("a full draft misses nothing and becomes the words of the API", () => {
    expect(incompleteSteps(fullDraft(), TODAY)).toEqual([]);
    const body = toSubmission(fullDraft());
    expect(body.applicant).toMatchObject({
      full_name: "Досымов Кайрат Ануарович",
      iin: "870419390122",
      email: null,
    });
    expect(body.obligations[0]).toMatchObject({
      contract_date: "2024-05-14",
      principal_tiyn: 139136000,
      interest_tiyn: 7387550,
      penalty_tiyn: 0,
      rate_percent: "34.5",
      overdue_since: "2026-10-22",
    });
    expect(body.events).toEqual([
      { kind: "COLLECTOR_CONTACT", date: "2026-11-01", text: "звонили с 8 701 234 56 78", obligation: 0 },
    ]);
  });

  test("without a delay no date of it is sent, whatever was typed before", () => {
    const draft = fullDraft();
    const debts = draft.debts.map((debt) => ({ ...debt, has_overdue: "no" as const }));
    expect(toSubmission({ ...draft, debts }).obligations[0]?.overdue_since).toBeNull();
  });

  test("an empty draft names the pages to fill in", () => {
    const names = incompleteSteps(emptyDraft("ru"), TODAY).map((step) => step.name);
    expect(names).toEqual([
      "person",
      "contact",
      "creditor",
      "income",
      "family",
      "hardship",
      "story",
      "relief",
    ]);
  });

  test.each([
    ["/obligations/1/contract_number", { name: "contract", index: 1 }, "contract_number"],
    ["/obligations/0/principal_tiyn", { name: "amounts", index: 0 }, "principal"],
    ["/applicant/iin", { name: "person" }, "iin"],
    ["/income/avg2_tiyn", { name: "family" }, "avg2"],
    ["/events/2/date", { name: "event", index: 2 }, "date"],
    ["/events/0/obligation", { name: "event", index: 0 }, "debt_key"],
    ["/relief/kinds/0", { name: "relief" }, "kinds"],
    ["/hardship/text", { name: "story" }, "text"],
    ["/obligations", { name: "debts" }, ""],
  ])("an error at %s lands on its page and field", (pointer, step, field) => {
    expect(placeError({ pointer, code: "invalid", detail: "не так" })).toEqual({
      step,
      field,
      detail: "не так",
    });
  });

  test("a pointer outside the form lands nowhere", () =>
    expect(placeError({ pointer: "/something", code: "x", detail: "" })).toBeNull());
});

describe("rules of single answers", () => {
  const debt = fullDraft().debts[0] ?? emptyDebt();
  const errorsOf = (schema: ReturnType<typeof overdueSchema>, value: typeof debt) =>
    schema.safeParse(value).error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];

  test("a delay before the contract is refused", () =>
    expect(errorsOf(overdueSchema(TODAY), { ...debt, overdue_since: "01.01.2024" })).toEqual([
      "overdue_since: overdueBeforeContract",
    ]));

  test("tomorrow is no day of a delay", () =>
    expect(errorsOf(overdueSchema(TODAY), { ...debt, overdue_since: "26.11.2026" })).toEqual([
      "overdue_since: dateFuture",
    ]));

  test("«no delay» needs no date", () =>
    expect(
      errorsOf(overdueSchema(TODAY), { ...debt, has_overdue: "no", overdue_since: "", overdue_source: "" }),
    ).toEqual([]));

  test("a contract without a number is refused", () =>
    expect(errorsOf(contractSchema(TODAY), { ...debt, contract_number: "  " })).toEqual([
      "contract_number: contractNumber",
    ]));

  test("months are asked only for the relief that needs them", () => {
    const relief = { ...fullDraft().relief, defer_months: "" };
    expect(reliefNumbersSchema.safeParse(relief).success).toBe(false);
    expect(reliefNumbersSchema.safeParse({ ...relief, kinds: ["RATE_CUT"] }).success).toBe(true);
  });
});

describe("the copy on the device", () => {
  test("holds neither ИИН nor phone, not even inside free text", () => {
    keepOnDevice("case-1", { step: "review", draft: fullDraft() });
    const stored = JSON.stringify({ ...localStorage });
    expect(stored).toContain("4417");
    expect(stored.replace(/[\s().-]/g, "")).not.toMatch(/870419390122|87012345678|7012345678/);
  });

  test("gives back the rest, and the server's copy fills the gaps", () => {
    const remote = fullDraft();
    const newer = { ...remote, income: { ...remote.income, source: "пенсия" } };
    keepOnDevice("case-1", { step: "income", draft: newer });
    const local = readFromDevice("case-1");
    expect(local?.step).toBe("income");
    const merged = mergeDeviceOver(local?.draft ?? emptyDraft("ru"), remote);
    expect(merged.income.source).toBe("пенсия");
    expect(merged.person.iin).toBe("870419 390122");
    expect(merged.hardship.text).toBe(remote.hardship.text);
  });

  test("broken storage and unknown fields never stop the wizard", () => {
    localStorage.setItem("kenes.draft.case-2", "{not json");
    expect(readFromDevice("case-2")).toBeNull();
    expect(readDraft({ debts: "many", person: { full_name: 5 }, events: [{ kind: 7 }] })).toMatchObject({
      debts: [],
      person: { full_name: "", iin: "" },
      events: [{ kind: "" }],
    });
  });
});
