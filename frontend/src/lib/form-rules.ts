import * as z from "zod/mini";

import { parseTypedPhone } from "@/lib/phone-number";
import type { FormError } from "@/lib/use-checked-form";

/** Pieces of schemas; messages are keys of the catalogue. Lengths are those of the API. */
const says = (key: FormError) => ({ error: key });

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const SHORTEST_REASON = 5;

export const requiredText = () => z.string().check(z.trim(), z.minLength(1, says("missing")));

export const optionalText = () => z.string().check(z.trim());

export const reasonText = () => z.string().check(z.trim(), z.minLength(SHORTEST_REASON, says("short")));

export const emailText = () =>
  z.string().check(z.trim(), z.minLength(1, says("missing")), z.regex(EMAIL, says("email")));

export const chosen = () => z.string().check(z.minLength(1, says("choose")));

export const someChosen = () => z.array(z.string()).check(z.minLength(1, says("chooseOne")));

export const optionalEmail = () =>
  z.string().check(
    z.trim(),
    z.refine((typed) => typed === "" || EMAIL.test(typed), says("email")),
  );

/** Spaces that people type between the digits are left out by the API's reader as well. */
export const optionalBin = () =>
  z.string().check(
    z.trim(),
    z.refine((typed) => typed === "" || /^\d{12}$/.test(typed.replace(/\s/g, "")), says("bin")),
  );

export const optionalPhone = () =>
  z.string().check(
    z.trim(),
    z.refine((typed) => typed === "" || parseTypedPhone(typed) !== null, says("phone")),
  );
