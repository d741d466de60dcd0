import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import en from "../../../messages/en.json";
import kk from "../../../messages/kk.json";
import ru from "../../../messages/ru.json";

const told: Record<string, Record<string, string>> = JSON.parse(
  readFileSync("../backend/kzsign/reasons.json", "utf8"),
);

test.each([
  ["ru", ru.signatureReasons],
  ["kk", kk.signatureReasons],
  ["en", en.signatureReasons],
])("every reason of the checker has the same words on the page: %s", (language, texts) => {
  const expected = Object.fromEntries(Object.entries(told).map(([code, words]) => [code, words[language]]));
  expect(texts).toEqual(expected);
});
