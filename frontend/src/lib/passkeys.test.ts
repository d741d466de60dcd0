import { afterEach, expect, test } from "vitest";

import { CHALLENGE, installPasskeys, removePasskeys } from "@/testing/passkeys";

import {
  askPasskey,
  createPasskey,
  PasskeyCancelled,
  PasskeyKnown,
  supportsPasskeys,
  toBytes,
  toText,
} from "./passkeys";

afterEach(removePasskeys);

test("bytes come through base64url as they were, whatever their number", () => {
  for (const text of ["", "AA", "AAE", "AAEC", "-_-_", "_w"]) expect(toText(toBytes(text))).toBe(text);
  expect([...new Uint8Array(toBytes("-_8"))]).toEqual([251, 255]);
});

test("options are taken bare and wrapped, with their lists of keys", async () => {
  const device = installPasskeys();
  const allowCredentials = [{ type: "public-key", id: "AQID", transports: ["internal", "carrier-pigeon"] }];
  await askPasskey({ publicKey: { ...CHALLENGE.options, allowCredentials, userVerification: "required" } });
  const asked = device.get.mock.calls[0]?.[0].publicKey;
  expect(asked).toMatchObject({ rpId: "localhost", userVerification: "required" });
  expect(asked?.allowCredentials?.[0]?.transports).toEqual(["internal"]);
  expect([...new Uint8Array(asked?.allowCredentials?.[0]?.id as ArrayBuffer)]).toEqual([1, 2, 3]);
});

test("what the browser says by the name of its error becomes ours", async () => {
  const device = installPasskeys();
  device.get.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
  await expect(askPasskey(CHALLENGE.options)).rejects.toThrow(PasskeyCancelled);
  device.create.mockRejectedValueOnce(new DOMException("", "InvalidStateError"));
  await expect(createPasskey(CHALLENGE.options)).rejects.toThrow(PasskeyKnown);
  device.get.mockRejectedValueOnce(new TypeError("broken"));
  await expect(askPasskey(CHALLENGE.options)).rejects.toThrow(TypeError);
});

test("an old browser has no passkeys", () => {
  expect(supportsPasskeys()).toBe(false);
  installPasskeys();
  expect(supportsPasskeys()).toBe(true);
});
