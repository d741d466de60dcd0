import { toLocale } from "@/lib/i18n/locales";
import { hasCode, Problem } from "@/lib/problem";
import { askForProof, canAskForProof, PROOF_CANCELLED, PROOF_REQUIRED } from "@/lib/proof";

const API = "/api/v1";

export type QueryValue = string | number | boolean | null | undefined;
export type Query = Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

interface RequestOptions {
  query?: Query;
  signal?: AbortSignal;
}

interface WriteOptions extends RequestOptions {
  /** Made when the form opens and kept over its retries, so that an impatient second press changes nothing. */
  idempotencyKey?: string;
  /** The version that was seen: a change made to an older one is refused with what is needed to compare. */
  ifMatch?: number;
}

const readCookie = (name: string): string | null => {
  const match = new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie);
  return match?.[1] ? decodeURIComponent(match[1]) : null;
};

const buildUrl = (path: string, query: Query = {}): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined && item !== "") params.append(name, String(item));
    }
  }
  const suffix = params.size > 0 ? `?${params}` : "";
  return `${API}${path}${suffix}`;
};

const send = async (url: string, init: RequestInit): Promise<Response> => {
  const headers = new Headers(init.headers);
  headers.set("Accept", "application/json");
  headers.set("Accept-Language", toLocale(document.documentElement.lang));
  try {
    return await fetch(url, { ...init, headers, credentials: "same-origin" });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw Problem.network();
  }
};

const unwrap = async <T>(response: Response): Promise<T> => {
  if (!response.ok) throw await Problem.fromResponse(response);
  if (response.status === 204) return emptyAnswer();
  try {
    const data: T = await response.json();
    return data;
  } catch {
    throw Problem.network();
  }
};

/** 204 has no body; callers of such addresses use `api.post<undefined>`. */
const emptyAnswer = <T>(): T => JSON.parse("null");

export /** For the rare plain form that the browser itself has to send. */
const csrfToken = async (): Promise<string> => {
  const known = readCookie("csrftoken");
  if (known) return known;
  await send(buildUrl("/session/"), { method: "GET" });
  return readCookie("csrftoken") ?? "";
};

/**
 * A request that needs a recent proof is asked about once and sent again as it was, with the same key; whoever turns
 * away gets `proof_cancelled` and keeps what was typed.
 */
export const proven = async <T>(request: () => Promise<T>): Promise<T> => {
  try {
    return await request();
  } catch (error) {
    if (!hasCode(error, PROOF_REQUIRED) || !canAskForProof()) throw error;
    if (!(await askForProof())) throw new Problem(0, { code: PROOF_CANCELLED });
    return request();
  }
};

const write = <T>(method: string, path: string, body: unknown, options: WriteOptions = {}): Promise<T> => {
  const key = method === "POST" ? (options.idempotencyKey ?? newKey()) : null;
  const isForm = body instanceof FormData;
  return proven(async () => {
    // A proof may have changed the token: it is read anew for the second time.
    const headers = new Headers({ "X-CSRFToken": await csrfToken() });
    if (key) headers.set("Idempotency-Key", key);
    if (options.ifMatch !== undefined) headers.set("If-Match", `"${options.ifMatch}"`);
    if (!isForm) headers.set("Content-Type", "application/json");
    const response = await send(buildUrl(path, options.query), {
      method,
      headers,
      body: isForm ? body : JSON.stringify(body ?? {}),
      signal: options.signal,
    });
    return unwrap<T>(response);
  });
};

const read = async (path: string, options: RequestOptions): Promise<Response> =>
  send(buildUrl(path, options.query), { method: "GET", signal: options.signal });

const readFile = (path: string, options: RequestOptions): Promise<Response> =>
  proven(async () => {
    const response = await read(path, options);
    if (!response.ok) throw await Problem.fromResponse(response);
    return response;
  });

const nameIn = (disposition: string): string => {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="([^"]*)"/.exec(disposition)?.[1] ?? "";
};

/** A UUID also where `crypto.randomUUID` is missing (plain http on another host, old WebViews). */
export const newKey = (): string => {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

export const apiUrl = buildUrl;

export const api = {
  get: <T>(path: string, options: RequestOptions = {}): Promise<T> =>
    proven(async () => unwrap<T>(await read(path, options))),
  /** A file whose address needs a recent proof, so that a plain link would lead to an error page. */
  file: async (path: string, options: RequestOptions = {}): Promise<Blob> =>
    (await readFile(path, options)).blob(),
  /** The same with the name that the server gives it; empty when it gives none. */
  namedFile: async (path: string, options: RequestOptions = {}): Promise<{ blob: Blob; name: string }> => {
    const response = await readFile(path, options);
    return { blob: await response.blob(), name: nameIn(response.headers.get("Content-Disposition") ?? "") };
  },
  post: <T>(path: string, body?: unknown, options?: WriteOptions) => write<T>("POST", path, body, options),
  put: <T>(path: string, body: unknown, options?: WriteOptions) => write<T>("PUT", path, body, options),
  patch: <T>(path: string, body: unknown, options?: WriteOptions) => write<T>("PATCH", path, body, options),
  delete: <T>(path: string, body?: unknown, options?: WriteOptions) =>
    write<T>("DELETE", path, body, options),
};
