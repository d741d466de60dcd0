/**
 * Passkeys between the API's JSON and the browser: bytes travel as base64url (WebAuthn Level 3, §5.1 "toJSON" forms).
 * Written out because the browser's own JSON helpers are younger than passkeys themselves.
 */

/** Options as the server sends them; fido servers wrap them into `publicKey` or send them bare. */
export type PasskeyOptions = Readonly<Record<string, unknown>>;

export type PasskeyCredential = Record<string, unknown>;

/** The person closed the browser's window or let it run out of time. */
export class PasskeyCancelled extends Error {
  override readonly name = "PasskeyCancelled";
}

/** This device already holds a passkey of this account. */
export class PasskeyKnown extends Error {
  override readonly name = "PasskeyKnown";
}

export const supportsPasskeys = (): boolean =>
  typeof window !== "undefined" &&
  window.isSecureContext === true &&
  typeof window.PublicKeyCredential === "function" &&
  typeof navigator.credentials?.get === "function";

export const toBytes = (text: string): ArrayBuffer => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(plain.length);
  for (let index = 0; index < plain.length; index += 1) bytes[index] = plain.charCodeAt(index);
  return bytes.buffer;
};

export const toText = (buffer: ArrayBuffer): string => {
  let plain = "";
  for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte);
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const milliseconds = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

const oneOf = <T extends string>(value: unknown, known: readonly T[]): T | undefined =>
  known.find((item) => item === value);

const VERIFICATION = ["required", "preferred", "discouraged"] as const;
const ATTACHMENT = ["platform", "cross-platform"] as const;
const TRANSPORTS = ["ble", "hybrid", "internal", "nfc", "usb"] as const;

const bare = (options: PasskeyOptions): Readonly<Record<string, unknown>> =>
  isRecord(options.publicKey) ? options.publicKey : options;

const descriptors = (value: unknown): PublicKeyCredentialDescriptor[] =>
  records(value).map((item) => ({
    type: "public-key",
    id: toBytes(text(item.id)),
    transports: Array.isArray(item.transports)
      ? item.transports.flatMap((name) => oneOf(name, TRANSPORTS) ?? [])
      : undefined,
  }));

const requestOptions = (options: PasskeyOptions): PublicKeyCredentialRequestOptions => {
  const from = bare(options);
  return {
    challenge: toBytes(text(from.challenge)),
    rpId: text(from.rpId) || undefined,
    timeout: milliseconds(from.timeout),
    userVerification: oneOf(from.userVerification, VERIFICATION),
    allowCredentials: descriptors(from.allowCredentials),
  };
};

const creationOptions = (options: PasskeyOptions): PublicKeyCredentialCreationOptions => {
  const from = bare(options);
  const rp = isRecord(from.rp) ? from.rp : {};
  const user = isRecord(from.user) ? from.user : {};
  const selection = isRecord(from.authenticatorSelection) ? from.authenticatorSelection : {};
  return {
    challenge: toBytes(text(from.challenge)),
    rp: { id: text(rp.id) || undefined, name: text(rp.name) },
    user: { id: toBytes(text(user.id)), name: text(user.name), displayName: text(user.displayName) },
    pubKeyCredParams: records(from.pubKeyCredParams).flatMap((item) =>
      typeof item.alg === "number" ? { type: "public-key" as const, alg: item.alg } : [],
    ),
    timeout: milliseconds(from.timeout),
    attestation: oneOf(from.attestation, ["none", "indirect", "direct", "enterprise"] as const),
    excludeCredentials: descriptors(from.excludeCredentials),
    authenticatorSelection: {
      authenticatorAttachment: oneOf(selection.authenticatorAttachment, ATTACHMENT),
      residentKey: oneOf(selection.residentKey, VERIFICATION),
      requireResidentKey: selection.requireResidentKey === true,
      userVerification: oneOf(selection.userVerification, VERIFICATION),
    },
    extensions:
      isRecord(from.extensions) && from.extensions.credProps === true ? { credProps: true } : undefined,
  };
};

const answerOf = (response: AuthenticatorResponse): Record<string, unknown> => {
  const clientDataJSON = toText(response.clientDataJSON);
  if (response instanceof AuthenticatorAssertionResponse) {
    return {
      clientDataJSON,
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      userHandle: response.userHandle ? toText(response.userHandle) : null,
    };
  }
  if (response instanceof AuthenticatorAttestationResponse) {
    // Old browsers know no transports.
    const transports = typeof response.getTransports === "function" ? response.getTransports() : [];
    return { clientDataJSON, attestationObject: toText(response.attestationObject), transports };
  }
  return { clientDataJSON };
};

const toJson = (credential: Credential | null): PasskeyCredential => {
  if (!(credential instanceof PublicKeyCredential)) throw new PasskeyCancelled();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answerOf(credential.response),
  };
};

/** Browsers tell only by the name of the error what happened. */
const named = (error: unknown): unknown => {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "AbortError") return new PasskeyCancelled();
  return name === "InvalidStateError" ? new PasskeyKnown() : error;
};

/** Signs the server's challenge with a passkey. PasskeyCancelled when the person turned away or has none here. */
export const askPasskey = async (options: PasskeyOptions): Promise<PasskeyCredential> => {
  try {
    return toJson(await navigator.credentials.get({ publicKey: requestOptions(options) }));
  } catch (error) {
    throw named(error);
  }
};

/** Makes a new passkey. PasskeyCancelled as above, PasskeyKnown when this device has one already. */
export const createPasskey = async (options: PasskeyOptions): Promise<PasskeyCredential> => {
  try {
    return toJson(await navigator.credentials.create({ publicKey: creationOptions(options) }));
  } catch (error) {
    throw named(error);
  }
};
