import * as z from "zod/mini";

import { parseTypedPhone } from "@/lib/phone-number";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** An address of either kind out of one field. Messages are keys under `recover`. */
export const addressSchema = z.string().check(
  z.trim(),
  z.minLength(1, "addressMissing"),
  z.refine((typed) => EMAIL.test(typed) || parseTypedPhone(typed) !== null, "addressWrong"),
);

export type Address = { email: string } | { phone: string };

export const toAddress = (typed: string): Address => {
  const phone = parseTypedPhone(typed);
  return phone ? { phone } : { email: typed };
};
