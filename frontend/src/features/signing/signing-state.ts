import type { DocumentDetail, SignatureRequest } from "@/api/types";
import type { SentCode } from "@/components/code-panel";

/** A signing code lives five minutes from its sending. */
export const CODE_LIFETIME_MS = 300_000;

export type SigningStage = "preparing" | "open" | "signed" | "closed";

/** Where a document stands by its own state; a signed one is success, however it came about. */
export const stageOf = (document: DocumentDetail): SigningStage => {
  switch (document.status) {
    case "preparing":
      return "preparing";
    case "signed":
    case "sealed":
    case "sent":
      return "signed";
    case "ready_to_sign":
      return "open";
    case "failed":
    case "superseded":
    case "void":
      return "closed";
  }
};

/**
 * The code just sent, by this device's clock. Phones' clocks are wrong by minutes often enough: an end that could not be
 * true for a fresh code is replaced by the full life of one.
 */
export const sentCodeOf = (request: SignatureRequest, now: number = Date.now()): SentCode | null => {
  if (!request.code) return null;
  const left = Date.parse(request.code.expires_at) - now;
  const isPlausible = left > CODE_LIFETIME_MS - 60_000 && left <= CODE_LIFETIME_MS;
  return {
    maskedPhone: request.masked_phone,
    resendAt: now + request.code.resend_after_seconds * 1000,
    expiresAt: now + (isPlausible ? left : CODE_LIFETIME_MS),
  };
};
