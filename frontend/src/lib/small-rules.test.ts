import { expect, test } from "vitest";

import { localeFromHeader } from "./i18n/locales";
import { safeNextAddress } from "./next-address";

test.each([
  ["kk-KZ,kk;q=0.9,ru;q=0.8", "kk"],
  ["de-DE,de;q=0.9,en;q=0.4", "en"],
  ["en;q=0.3,ru;q=0.8", "ru"],
  ["de", "ru"],
  [null, "ru"],
])("a browser that asks for %s reads %s", (header, locale) => expect(localeFromHeader(header)).toBe(locale));

test.each([
  ["/cases/1?tab=2", "/cases/1?tab=2"],
  ["//evil.example/x", null],
  ["/\\evil.example", null],
  ["https://evil.example", null],
  ["javascript:alert(1)", null],
  [null, null],
])("after signing in %s leads to %s", (value, expected) => expect(safeNextAddress(value)).toBe(expected));
