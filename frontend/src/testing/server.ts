import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

/** Absolute addresses, as jsdom resolves the relative ones of the product. */
export const API = "http://localhost/api/v1";

export const problem = (status: number, code: string, extra: Record<string, unknown> = {}) =>
  HttpResponse.json(
    { type: `/problems/${code}`, title: code, status, detail: "", code, instance: "req_test", ...extra },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );

export const session = (extra: Record<string, unknown> = {}) => ({
  authenticated: false,
  user: null,
  demo: false,
  today: "2026-11-25",
  verify_limit_bytes: 20_000_000,
  ...extra,
});

export const borrowerSession = () =>
  session({
    authenticated: true,
    user: {
      id: "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01",
      full_name: "",
      masked_phone: "+7 ••• ••• 18 41",
      email: null,
      language: "ru",
      roles: ["borrower"],
      has_iin: false,
    },
  });

export const server = setupServer(http.get(`${API}/session/`, () => HttpResponse.json(session())));
