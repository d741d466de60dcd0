/**
 * NCALayer is a program on the person's own computer that holds their key and signs with it. This page only hands it the
 * bytes and gets a signature back: neither the key nor its password ever comes here.
 * Protocol: JSON over a websocket of the same computer, module `kz.gov.pki.knca.basics`; answers carry no number, so one
 * request is open at a time.
 */
export const NCALAYER_ADDRESS = "wss://127.0.0.1:13579";

/** Where the National Certification Authority gives the program out. */
export const NCALAYER_HOME = "https://ncl.pki.gov.kz/";

export type NcaLayerTrouble =
  /** Nothing listens: not installed, not started, or the browser does not trust it. */
  | "absent"
  /** It answers, yet does not know how to sign this way. */
  | "old"
  /** The person closed its window, or pressed «cancel» here. */
  | "cancelled"
  /** It ended, or its line was cut, while the person was choosing a key. */
  | "closed"
  /** Another signature is waiting in it already. */
  | "busy"
  /** It said no in its own words. */
  | "refused";

export class NcaLayerError extends Error {
  override readonly name = "NcaLayerError";

  constructor(
    readonly trouble: NcaLayerTrouble,
    /** What the program itself said; empty when it said nothing. */
    readonly said = "",
  ) {
    super(said ? `${trouble}: ${said}` : trouble);
  }
}

export interface SigningWish {
  /** What is signed, byte for byte; the signature comes back without it. */
  data: Uint8Array;
  iin?: string;
  bin?: string;
  /** Purposes that the certificate must have, all of them. */
  extKeyUsageOids: readonly string[];
  /** Keys of a demonstration authority are no keys of the National one. */
  anyChain: boolean;
  withTimeStamp: boolean;
  locale: string;
}

interface SignOptions {
  signal?: AbortSignal;
  /** The program is there and has shown its window. */
  onAsked?: () => void;
  connectMs?: number;
}

const CONNECT_MS = 6_000;
const PART = 0x8000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Bytes as base64, in parts: a whole PDF as one argument list would break the stack. */
export const toBase64 = (bytes: Uint8Array): string => {
  let binary = "";
  for (let at = 0; at < bytes.length; at += PART) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PART));
  }
  return btoa(binary);
};

export const fromBase64 = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

const requestOf = (wish: SigningWish) => ({
  module: "kz.gov.pki.knca.basics",
  method: "sign",
  args: {
    allowedStorages: null,
    format: "cms",
    data: toBase64(wish.data),
    signingParams: {
      decode: true,
      encapsulate: false,
      digested: false,
      ...(wish.withTimeStamp ? { tsaProfile: {} } : {}),
    },
    signerParams: {
      extKeyUsageOids: wish.extKeyUsageOids,
      ...(wish.iin ? { iin: wish.iin } : {}),
      ...(wish.bin ? { bin: wish.bin } : {}),
      // `null` stands for the program's own authorities, an empty list for any.
      chain: wish.anyChain ? [] : null,
    },
    // It speaks Russian and Kazakh.
    locale: wish.locale === "kk" ? "kk" : "ru",
  },
});

/** The signature in the answer, or what stands in its place. */
const signatureIn = (message: unknown): string => {
  if (!isRecord(message)) throw new NcaLayerError("refused");
  if (typeof message.status !== "boolean") throw new NcaLayerError("old", text(message.message));
  if (!message.status) {
    const isUnknownModule = /module/i.test(text(message.code));
    throw new NcaLayerError(isUnknownModule ? "old" : "refused", text(message.message));
  }
  const body = isRecord(message.body) ? message.body : {};
  // Its own way to say that the window was closed.
  if (body.result === undefined) throw new NcaLayerError("cancelled");
  const first: unknown = Array.isArray(body.result) ? body.result[0] : body.result;
  if (typeof first !== "string" || first === "") throw new NcaLayerError("refused");
  return first;
};

const parse = (data: unknown): unknown => {
  try {
    return JSON.parse(text(data));
  } catch {
    return null;
  }
};

const isGreeting = (message: unknown): boolean =>
  isRecord(message) && isRecord(message.result) && typeof message.result.version === "string";

const open = (address: string): WebSocket => {
  try {
    return new WebSocket(address);
  } catch {
    // Forbidden by the browser, or no address at all: for the person it is the same as nobody there.
    throw new NcaLayerError("absent");
  }
};

const talk = (address: string, wish: SigningWish, options: SignOptions): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = open(address);
    let isAsked = false;
    const timer = setTimeout(() => fail("absent"), options.connectMs ?? CONNECT_MS);
    const end = () => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", cancel);
      socket.onmessage = socket.onerror = socket.onclose = null;
      socket.close();
    };
    const fail = (trouble: NcaLayerTrouble) => {
      end();
      reject(new NcaLayerError(trouble));
    };
    const cancel = () => fail("cancelled");
    const isGone = () => fail(isAsked ? "closed" : "absent");

    options.signal?.addEventListener("abort", cancel);
    socket.onerror = isGone;
    socket.onclose = isGone;
    socket.onmessage = ({ data }) => {
      const message = parse(data);
      if (!isAsked) {
        if (!isGreeting(message)) return fail("absent");
        clearTimeout(timer);
        isAsked = true;
        socket.send(JSON.stringify(requestOf(wish)));
        options.onAsked?.();
        return;
      }
      end();
      try {
        resolve(signatureIn(message));
      } catch (error) {
        reject(error);
      }
    };
  });

let isBusy = false;

/**
 * Has NCALayer sign bytes with a key that the person chooses in its window: a detached CMS, armoured or base64.
 * Fails with NcaLayerError. No limit on choosing: people look for their key and its password.
 */
export const signByNcaLayer = async (
  address: string,
  wish: SigningWish,
  options: SignOptions = {},
): Promise<string> => {
  if (isBusy) throw new NcaLayerError("busy");
  if (options.signal?.aborted) throw new NcaLayerError("cancelled");
  isBusy = true;
  try {
    return await talk(address || NCALAYER_ADDRESS, wish, options);
  } finally {
    isBusy = false;
  }
};
