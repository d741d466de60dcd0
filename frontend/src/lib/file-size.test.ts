import { expect, test } from "vitest";

import { formatBytes } from "@/lib/file-size";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test.each([
  [1, "ru", "1 КБ"],
  [870_000, "ru", "849 КБ"],
  [10 * 1024 * 1024, "kk", "10 МБ"],
  [10 * 1024 * 1024 - 1, "ru", "9,9 МБ"],
  [1_572_864, "en", "1.5 MB"],
] as const)("%s bytes in %s are %s", (bytes, locale, expected) =>
  expect(plain(formatBytes(bytes, locale))).toBe(expected),
);
