import "server-only";

import { headers } from "next/headers";

import type { Locale } from "@/lib/i18n/locales";

const BASE = process.env.API_INTERNAL_URL ?? "http://127.0.0.1:8000";
const TIMEOUT_MS = 4_000;
const MAX_KEPT = 100;

export type PublicAnswer<T> = { ok: true; data: T } | { ok: false; status: number };

interface PublicRequest {
  locale: Locale;
  query?: Record<string, string>;
  /** How long a good answer serves everybody, for what changes seldom. Kept in this process, never on disk. */
  keepSeconds?: number;
}

const kept = new Map<string, { until: number; body: string }>();

/** Who asks and by which address, as the proxy in front told: limits count visitors, not this server. */
const forwardedHeaders = async (): Promise<Record<string, string>> => {
  const visitor = (await headers()).get("x-forwarded-for")?.split(",").at(-1)?.trim();
  const origin = process.env.PUBLIC_URL ? new URL(process.env.PUBLIC_URL) : null;
  return {
    ...(visitor ? { "X-Forwarded-For": visitor } : {}),
    ...(origin
      ? { "X-Forwarded-Host": origin.host, "X-Forwarded-Proto": origin.protocol.replace(":", "") }
      : {}),
  };
};

const ask = async (url: string, locale: Locale): Promise<{ status: number; body: string }> => {
  const forwarded = await forwardedHeaders();
  try {
    const response = await fetch(url, {
      headers: { Accept: "application/json", "Accept-Language": locale, ...forwarded },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      cache: "no-store",
    });
    return { status: response.status, body: await response.text() };
  } catch {
    return { status: 0, body: "" };
  }
};

const keep = (key: string, body: string, seconds: number) => {
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, { until: Date.now() + seconds * 1000, body });
};

const parse = <T>(body: string): PublicAnswer<T> => {
  try {
    const data: T = JSON.parse(body);
    return { ok: true, data };
  } catch {
    return { ok: false, status: 0 };
  }
};

/** Public data for server-rendered pages. Never carries a visitor's cookies, so it can show nothing private. */
export const fetchPublic = async <T>(path: string, request: PublicRequest): Promise<PublicAnswer<T>> => {
  const { locale, query = {}, keepSeconds = 0 } = request;
  const params = new URLSearchParams(query);
  const url = `${BASE}/api/v1${path}${params.size > 0 ? `?${params}` : ""}`;
  const key = `${locale} ${url}`;
  const known = kept.get(key);
  if (known && known.until > Date.now()) return parse<T>(known.body);
  const { status, body } = await ask(url, locale);
  if (status !== 200) return { ok: false, status };
  if (keepSeconds > 0) keep(key, body, keepSeconds);
  return parse<T>(body);
};
