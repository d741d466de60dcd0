import type { RoundSigner, SigningRound } from "@/api/signing";

export const DOCUMENT = "11111111-1111-4111-8111-111111111111";

export const signer = (extra: Partial<RoundSigner> = {}): RoundSigner => ({
  id: "s1",
  person: { id: "p1", name: "Айша Омарова" },
  role: "signer",
  party_role: "borrower",
  organisation_name: "",
  position: 1,
  status: "pending",
  method: "",
  expires_at: "2026-12-26T10:00:00Z",
  signed_at: null,
  reminded_at: null,
  reason: "",
  is_me: false,
  is_turn: true,
  delegated_by: null,
  paper: null,
  certificate: null,
  public_name: null,
  allowed_actions: [],
  ...extra,
});

export const round = (extra: Partial<SigningRound> = {}): SigningRound => ({
  id: null,
  status: null,
  is_ordered: false,
  document: { id: DOCUMENT, number: "KH-2026-000123-01", title: "Заявление", sha256: "ab".repeat(32) },
  signers: [],
  allowed_actions: ["start"],
  candidates: [
    {
      person: { id: "p1", name: "Айша Омарова" },
      party_role: "borrower",
      roles: ["signer", "approver", "copy"],
    },
    {
      person: { id: "p2", name: "Ерлан Сейтов" },
      party_role: "co_borrower",
      roles: ["signer", "approver", "copy"],
    },
    { person: { id: "p3", name: "Динара Ахметова" }, party_role: "manager", roles: ["approver", "copy"] },
  ],
  ...extra,
});
