import "server-only";

import type { Locale } from "@/lib/i18n/locales";

const BASE = process.env.API_INTERNAL_URL ?? "http://127.0.0.1:8000";
const TIMEOUT_MS = 4_000;

export type PublicAnswer<T> = { ok: true; data: T } | { ok: false; status: number };

/** Public data for server-rendered pages. Never carries a visitor's cookies, so it can show nothing private. */
export const fetchPublic = async <T>(
  path: string,
  { locale, query = {}, revalidate }: { locale: Locale; query?: Record<string, string>; revalidate?: number },
): Promise<PublicAnswer<T>> => {
  const params = new URLSearchParams(query);
  const url = `${BASE}/api/v1${path}${params.size > 0 ? `?${params}` : ""}`;
  const publicHost = process.env.PUBLIC_URL ? new URL(process.env.PUBLIC_URL) : null;
  const forwarded: Record<string, string> = publicHost
    ? { "X-Forwarded-Host": publicHost.host, "X-Forwarded-Proto": publicHost.protocol.replace(":", "") }
    : {};
  try {
    const response = await fetch(url, {
      headers: { Accept: "application/json", "Accept-Language": locale, ...forwarded },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(revalidate === undefined ? { cache: "no-store" as const } : { next: { revalidate } }),
    });
    if (!response.ok) return { ok: false, status: response.status };
    const data: T = await response.json();
    return { ok: true, data };
  } catch {
    return { ok: false, status: 0 };
  }
};
