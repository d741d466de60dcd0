import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

const css = readFileSync("src/styles/tokens.css", "utf8");
const [lightCss = "", darkCss = ""] = css.split("@media screen and (prefers-color-scheme: dark)");

const readTokens = (source: string) =>
  new Map([...source.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1], match[2] ?? ""]));

const luminance = (hex: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: string, other: string) => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

const TEXT_PAIRS = [
  ...["ink", "text", "muted", "primary", "danger", "warning", "success", "info"].flatMap((ink) => [
    [ink, "surface"],
    [ink, "canvas"],
  ]),
  ...["primary", "danger", "warning", "success", "info"].map((tone) => [tone, `${tone}-soft`]),
  ...["primary-soft", "danger-soft", "warning-soft", "success-soft", "info-soft", "accent-soft"].flatMap(
    (soft) => [
      ["ink", soft],
      ["text", soft],
    ],
  ),
  ["muted", "primary-soft"],
  ["primary", "accent-soft"],
  ["on-primary", "primary"],
  ["on-primary", "primary-hover"],
  ["on-danger", "danger"],
  ["on-danger", "danger-hover"],
];

/** Borders of fields, the focus ring and marks need 3:1 (WCAG 1.4.11). */
const MARK_PAIRS = [
  ["field-line", "surface"],
  ["field-line", "canvas"],
  ["focus", "surface"],
  ["focus", "canvas"],
];

describe.each([
  ["light", lightCss],
  ["dark", darkCss],
])("%s theme", (_name, source) => {
  const tokens = readTokens(source);
  const ratio = (ink: string, ground: string) => {
    const [one, other] = [tokens.get(ink), tokens.get(ground)];
    if (!one || !other) throw new Error(`no token ${ink} or ${ground}`);
    return contrast(one, other);
  };

  test.each(TEXT_PAIRS)("text %s on %s is readable", (ink = "", ground = "") => {
    expect(ratio(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(MARK_PAIRS)("mark %s on %s is visible", (ink = "", ground = "") => {
    expect(ratio(ink, ground)).toBeGreaterThanOrEqual(3);
  });
});
