/** A device with passkeys for screen tests: jsdom knows none. */
import { vi } from "vitest";

const bytes = (text: string): ArrayBuffer => Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer;

class FakeAssertion {
  clientDataJSON = bytes("client");
  authenticatorData = bytes("data");
  signature = bytes("sign");
  userHandle = null;
}

class FakeAttestation {
  clientDataJSON = bytes("client");
  attestationObject = bytes("attest");
  getTransports = () => ["internal"];
}

class FakeCredential {
  id = "AQID";
  rawId = Uint8Array.from([1, 2, 3]).buffer;
  type = "public-key";
  authenticatorAttachment = "platform";
  getClientExtensionResults = () => ({});
  constructor(readonly response: FakeAssertion | FakeAttestation) {}
}

/** Stands in for the browser's part; `get` and `create` can be told to fail like a person who turns away. */
export const installPasskeys = () => {
  const get = vi.fn((_: CredentialRequestOptions) =>
    Promise.resolve(new FakeCredential(new FakeAssertion())),
  );
  const create = vi.fn((_: CredentialCreationOptions) =>
    Promise.resolve(new FakeCredential(new FakeAttestation())),
  );
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("PublicKeyCredential", FakeCredential);
  vi.stubGlobal("AuthenticatorAssertionResponse", FakeAssertion);
  vi.stubGlobal("AuthenticatorAttestationResponse", FakeAttestation);
  Object.defineProperty(navigator, "credentials", { value: { get, create }, configurable: true });
  return { get, create };
};

export const removePasskeys = () => {
  vi.unstubAllGlobals();
  Object.defineProperty(navigator, "credentials", { value: undefined, configurable: true });
};

export const CHALLENGE = { options: { challenge: "Y2hhbGxlbmdl", rpId: "localhost", allowCredentials: [] } };
