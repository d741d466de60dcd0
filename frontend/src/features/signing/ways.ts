import * as z from "zod/mini";

import type { SigningWay, WayItem } from "@/api/signing";

/** Which way is the easiest on this kind of device, the best first. */
const ON_PHONE: readonly SigningWay[] = ["sms", "egov_qr", "paper", "ncalayer"];
const ON_COMPUTER: readonly SigningWay[] = ["sms", "ncalayer", "egov_qr", "paper"];

export const WAYS = ["sms", "ncalayer", "egov_qr", "paper"] as const satisfies readonly SigningWay[];

/** The way that was taken last, kept on the device. */
export const lastWayShape = z.nullable(z.enum(WAYS));

/** A way that cannot be taken, and why: in the server's words, or because it needs a computer. */
export interface ClosedWay {
  method: SigningWay;
  reason: string;
  /** Where the person can open this way by himself. */
  fix: "profile" | "name" | "contacts" | "consents" | null;
  needsComputer: boolean;
}

const FIXES: Record<string, ClosedWay["fix"]> = {
  "signing.iin_missing": "profile",
  "signing.name_missing": "name",
  "signing.phone_missing": "contacts",
  "signing.agreement_missing": "consents",
};

/** Not switched on in this installation: nothing to explain to anybody. */
const ABSENT = "signing.qr_off";

export interface ArrangedWays {
  open: SigningWay[];
  closed: ClosedWay[];
}

export const arrangeWays = (items: readonly WayItem[], isPhone: boolean): ArrangedWays => {
  const open: SigningWay[] = [];
  const closed: ClosedWay[] = [];
  for (const method of isPhone ? ON_PHONE : ON_COMPUTER) {
    const item = items.find((one) => one.method === method);
    if (!item || item.reason_code === ABSENT) continue;
    // NCALayer is a program for computers.
    const needsComputer = item.is_allowed && method === "ncalayer" && isPhone;
    if (item.is_allowed && !needsComputer) open.push(method);
    else closed.push({ method, reason: item.reason, fix: FIXES[item.reason_code] ?? null, needsComputer });
  }
  return { open, closed };
};

/** The reason that closes every way alike, such as a missing name: it is said once. */
export const commonReason = (closed: readonly ClosedWay[]): ClosedWay | null => {
  const [first, ...others] = closed;
  if (!first?.reason || others.length === 0) return null;
  return others.every((one) => one.reason === first.reason) ? first : null;
};

/** The one to open with: the last one taken where it still can be, or the best. */
export const firstWay = (open: readonly SigningWay[], last: SigningWay | null): SigningWay | null =>
  last && open.includes(last) ? last : (open[0] ?? null);
