import * as z from "zod/mini";

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
