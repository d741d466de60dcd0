import * as z from "zod/mini";

import { parseTypedDate } from "@/lib/dates";
import { parseTypedPhone } from "@/lib/phone-number";

/** Building blocks of form schemas: text stays as typed, every message is ready to show. */

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

export const textRule = (rule: { missing?: string; max: number; tooLong: string }) =>
  z.string().check(
    z.refine((typed) => rule.missing === undefined || (typed.trim() !== "" && !CONTROL.test(typed)), {
      error: rule.missing,
      abort: true,
    }),
    z.maxLength(rule.max, rule.tooLong),
  );

export const choiceRule = (missing: string) => z.string().check(z.minLength(1, missing));

/** A real day in any usual spelling; empty is fine unless `missing` says what to do. */
export const dateRule = (rule: { missing?: string; wrong: string }) =>
  z.string().check(
    z.refine((typed) => rule.missing === undefined || typed.trim() !== "", {
      error: rule.missing,
      abort: true,
    }),
    z.refine((typed) => typed.trim() === "" || parseTypedDate(typed) !== null, rule.wrong),
  );

export const phoneRule = (wrong: string) =>
  z.string().check(z.refine((typed) => parseTypedPhone(typed) !== null, wrong));

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const looksLikeEmail = (typed: string): boolean => EMAIL.test(typed.trim());

export const emailRule = (rule: { missing?: string; wrong: string }) =>
  z.string().check(
    z.refine((typed) => rule.missing === undefined || typed.trim() !== "", {
      error: rule.missing,
      abort: true,
    }),
    z.refine((typed) => typed.trim() === "" || looksLikeEmail(typed), rule.wrong),
  );

/** What the API takes for a typed day: an ISO date, or nothing. */
export const typedDay = (typed: string): string | null => parseTypedDate(typed);
