// Fails when a text exists in one language only, is empty, or takes other arguments than its Russian original.
import { readFileSync } from "node:fs";

import { parse } from "@formatjs/icu-messageformat-parser";

const LANGUAGES = ["ru", "kk", "en"];
const BASE = new URL("../messages/", import.meta.url);

const flatten = (node, prefix = "") =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );

const collectArguments = (elements, found = new Set()) => {
  for (const element of elements) {
    if (element.type !== 0 && element.type !== 7) found.add(element.value);
    if (element.options)
      Object.values(element.options).forEach((option) => collectArguments(option.value, found));
    if (element.children) collectArguments(element.children, found);
  }
  return found;
};

const problems = [];
const catalogues = new Map(
  LANGUAGES.map((language) => [
    language,
    new Map(flatten(JSON.parse(readFileSync(new URL(`${language}.json`, BASE), "utf8")))),
  ]),
);
const allKeys = new Set([...catalogues.values()].flatMap((catalogue) => [...catalogue.keys()]));

for (const key of allKeys) {
  const expected = [];
  for (const [language, catalogue] of catalogues) {
    const text = catalogue.get(key);
    if (text === undefined) problems.push(`${language}: missing ${key}`);
    else if (text.trim() === "") problems.push(`${language}: empty ${key}`);
    else {
      try {
        expected.push([language, [...collectArguments(parse(text))].sort().join(",")]);
      } catch (error) {
        problems.push(`${language}: ${key} cannot be read: ${error.message}`);
      }
    }
  }
  const [first, ...rest] = expected;
  for (const [language, names] of rest) {
    if (names !== first[1])
      problems.push(`${language}: ${key} takes {${names}}, ${first[0]} takes {${first[1]}}`);
  }
}

if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\n${problems.length} problem(s) in messages\n`);
  process.exit(1);
}
process.stdout.write(`messages: ${allKeys.size} keys in ${LANGUAGES.length} languages, none missing\n`);
