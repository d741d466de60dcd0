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
  viewing: null,
  sign_in: { providers: [], passkeys: true, eds: false },
  ...extra,
});

export const sessionUser = (extra: Record<string, unknown> = {}) => ({
  id: "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01",
  full_name: "",
  full_name_kk: "",
  masked_phone: "+7 ••• ••• 18 41",
  email: null,
  email_verified: false,
  has_password: false,
  language: "ru",
  roles: ["borrower"],
  abilities: ["case.file"],
  held_back: "",
  has_second_factor: false,
  is_fresh: false,
  has_iin: false,
  phone_changed_at: null,
  organisations: [],
  represents: [],
  photo_url: null,
  ...extra,
});

export const borrowerSession = (user: Record<string, unknown> = {}) =>
  session({ authenticated: true, user: sessionUser(user) });

export const staffSession = (abilities: string[], user: Record<string, unknown> = {}) =>
  session({
    authenticated: true,
    user: sessionUser({
      id: "b7318bbd-9119-4aba-8d63-578649c7e635",
      full_name: "Ахметова Динара Сериковна",
      masked_phone: "",
      email: "manager1@kenes.sandbox",
      email_verified: true,
      has_password: true,
      has_second_factor: true,
      roles: ["manager"],
      abilities: ["staff.area", ...abilities],
      ...user,
    }),
  });

export const server = setupServer(http.get(`${API}/session/`, () => HttpResponse.json(session())));
