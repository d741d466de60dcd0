import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import { Problem } from "@/lib/problem";

import { parseTypedPercent, useTypedFields } from "./use-typed-fields";

const SPECS = {
  sum: { kind: "money", required: true },
  rate: { kind: "percent" },
  day: { kind: "date" },
} as const;

const setUp = (error: unknown = null) =>
  renderHook(({ problem }) => useTypedFields(SPECS, { sum: "", rate: "", day: "" }, problem), {
    initialProps: { problem: error },
  });

test("percent is read with comma, point and sign", () => {
  expect(["46", "46,5", "46.125 %", "1 000"].map(parseTypedPercent)).toEqual([
    "46",
    "46.5",
    "46.125",
    "1000",
  ]);
  expect(["", "4,", "1e3", "-1", "4,1234"].map(parseTypedPercent)).toEqual([null, null, null, null, null]);
});

test("what is typed is read as the server wants it; an empty field is null", () => {
  const { result } = setUp();
  act(() => result.current.set("sum", "150 000,5"));
  act(() => result.current.set("rate", "34,5"));
  let values: unknown;
  act(() => {
    values = result.current.read();
  });
  expect(values).toEqual({ sum: 15_000_050, rate: "34.5", day: null });
});

test("each wrong field says what is wrong until it is mended", () => {
  const { result } = setUp();
  act(() => result.current.set("rate", "много"));
  act(() => result.current.set("day", "31.02.2026"));
  act(() => {
    expect(result.current.read()).toBeNull();
  });
  expect([result.current.fault("sum"), result.current.fault("rate"), result.current.fault("day")]).toEqual([
    "missing",
    "percent",
    "date",
  ]);
  act(() => result.current.set("rate", "34"));
  expect(result.current.fault("rate")).toBeUndefined();
});

test("the server's word stands at its field until that is changed", () => {
  const problem = new Problem(400, {
    code: "validation",
    errors: [{ pointer: "/rate", code: "max_value", detail: "Слишком много" }],
  });
  const { result } = setUp(problem);
  expect(result.current.word("rate")).toBe("Слишком много");
  expect(result.current.isAtFields).toBe(true);
  act(() => result.current.set("rate", "3"));
  expect(result.current.word("rate")).toBeUndefined();
});
