import { type NextRequest, NextResponse } from "next/server";

import { DEFAULT_LOCALE, isLocale, LOCALE_COOKIE, localeFromHeader } from "@/lib/i18n/locales";

const ONE_YEAR_SECONDS = 31_536_000;

/**
 * Puts every page address into a language: `/ru/…` stays and is remembered; anything else goes to the saved language.
 * `/verify/…` is opened by strangers from a QR code, so there the browser's own language counts before the default.
 */
export function proxy(request: NextRequest) {
  const { pathname } = request.nextUrl;
  const first = pathname.split("/")[1];
  if (isLocale(first)) {
    const headers = new Headers(request.headers);
    headers.set("X-NEXT-INTL-LOCALE", first);
    const response = NextResponse.next({ request: { headers } });
    if (request.cookies.get(LOCALE_COOKIE)?.value !== first) {
      response.cookies.set(LOCALE_COOKIE, first, { path: "/", maxAge: ONE_YEAR_SECONDS, sameSite: "lax" });
    }
    return response;
  }
  const saved = request.cookies.get(LOCALE_COOKIE)?.value;
  const isVerify = first === "verify";
  const fallback = isVerify ? localeFromHeader(request.headers.get("accept-language")) : DEFAULT_LOCALE;
  const target = request.nextUrl.clone();
  target.pathname = `/${isLocale(saved) ? saved : fallback}${pathname === "/" ? "" : pathname}`;
  return NextResponse.redirect(target, 307);
}

export const config = {
  matcher: [
    "/((?!_next/|api/|_allauth/|accounts/|identity/|sandbox/|webhooks/|ws/|health/|static/|metrics|.*\\.[a-z0-9]{2,5}$).*)",
  ],
};
