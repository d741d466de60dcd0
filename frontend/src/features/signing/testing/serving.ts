import { http, HttpResponse } from "msw";

import type { RoundSigner, SigningRound, WayItem } from "@/api/signing";
import type { SignatureRequest } from "@/api/types";
import { API, server } from "@/testing/server";

import { letter } from "./letter";

export const REQUEST_ID = "55555555-5555-4555-8555-555555555555";
export const REQUEST = `${API}/signature-requests/${REQUEST_ID}`;

export const request = (extra: Partial<SignatureRequest> = {}): SignatureRequest =>
  ({
    id: REQUEST_ID,
    status: "pending",
    document_id: letter().id,
    document_number: letter().number,
    masked_phone: "+7 ••• ••• 18 41",
    code: null,
    signed_at: null,
    verify_url: null,
    ...extra,
  }) as SignatureRequest;

export const signer = (extra: Partial<RoundSigner> = {}): RoundSigner => ({
  id: REQUEST_ID,
  person: { id: "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01", name: "Айша Омарова" },
  role: "signer",
  position: 1,
  status: "pending",
  party_role: "borrower",
  organisation_name: "",
  method: "",
  reason: "",
  paper: null,
  certificate: null,
  public_name: null,
  expires_at: "2026-12-26T09:00:00Z",
  signed_at: null,
  reminded_at: null,
  is_me: true,
  is_turn: true,
  delegated_by: null,
  allowed_actions: [],
  ...extra,
});

export const round = (extra: Partial<SigningRound> = {}): SigningRound => ({
  id: null,
  status: null,
  is_ordered: false,
  document: {
    id: letter().id,
    number: letter().number,
    title: letter().title,
    sha256: letter().sha256 ?? "",
  },
  signers: [],
  allowed_actions: [],
  candidates: [],
  ...extra,
});

export const way = (method: WayItem["method"], reason = ""): WayItem => ({
  method,
  is_allowed: reason === "",
  reason_code: reason === "" ? "" : "signing.closed",
  reason,
});

/** The server's side of signing; returns what was asked of it. */
export const serve = (
  ways: WayItem[] = [way("sms")],
  standing: SigningRound = round(),
  representatives: { id: string; name: string }[] = [],
): { shown: unknown[]; codes: unknown[]; opened: number[] } => {
  const asked = { shown: [] as unknown[], codes: [] as unknown[], opened: [] as number[] };
  server.use(
    http.get(`${API}/documents/${letter().id}/signing/`, () => HttpResponse.json(standing)),
    http.post(`${API}/documents/${letter().id}/signature-requests/`, () => {
      asked.opened.push(1);
      return HttpResponse.json(request(), { status: 201 });
    }),
    http.get(`${API}/signature-requests/representatives/`, () =>
      HttpResponse.json({ items: representatives }),
    ),
    http.get(`${REQUEST}/`, () => HttpResponse.json(request())),
    http.get(`${REQUEST}/methods/`, () => HttpResponse.json({ items: ways })),
    http.post(`${REQUEST}/shown/`, async (call) => {
      asked.shown.push(await call.request.json());
      return HttpResponse.json(request());
    }),
    http.post(`${REQUEST}/send-code/`, async (call) => {
      asked.codes.push(await call.request.json());
      return HttpResponse.json(
        request({
          status: "in_progress",
          code: {
            expires_at: new Date(Date.now() + 300_000).toISOString(),
            resend_after_seconds: 30,
            tries_left: 5,
          },
        }),
      );
    }),
  );
  return asked;
};
