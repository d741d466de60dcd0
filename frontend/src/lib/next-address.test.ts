import { expect, test, vi } from "vitest";

import { goOn, safeNextAddress } from "./next-address";

test.each([
  ["/cases/1?tab=2", "/cases/1?tab=2"],
  ["/identity/o/authorize?client_id=a", "/identity/o/authorize?client_id=a"],
  ["//evil.example/", null],
  ["https://evil.example/", null],
  ["/\\evil.example", null],
  [null, null],
])("of %s only an own path is kept", (value, expected) => expect(safeNextAddress(value)).toBe(expected));

test.each([
  ["/cases", "/cases"],
  ["/kk/oauth/consent?scope=openid", "/oauth/consent?scope=openid"],
  ["/ru", "/"],
  ["/rules", "/rules"],
])("%s is a page of ours in the language of the reader", (address, expected) => {
  const replace = vi.fn();
  goOn(address, replace);
  expect(replace).toHaveBeenCalledWith(expected);
});
