import * as z from "zod/mini";

import { choiceRule, looksLikeEmail } from "@/components/form/rules";
import { parseTypedPhone } from "@/lib/phone-number";

import type { PartyInput } from "./queries";

export const ROLES = ["lawyer", "mediator", "notary"] as const;
export type SpecialistRole = (typeof ROLES)[number];

export const isSpecialistRole = (value: string): value is SpecialistRole =>
  ROLES.some((role) => role === value);

export const invitationSchema = (words: { choose: string; missing: string; wrong: string }) =>
  z.object({
    role: choiceRule(words.choose),
    contact: z.string().check(
      z.refine((typed) => typed.trim() !== "", { error: words.missing, abort: true }),
      z.refine((typed) => looksLikeEmail(typed) || parseTypedPhone(typed) !== null, words.wrong),
    ),
  });

/** One field takes either: what has an @ is an address, the rest is a number. */
export const toPartyInput = (role: SpecialistRole, contact: string): PartyInput =>
  contact.includes("@")
    ? { role, email: contact.trim() }
    : { role, phone: parseTypedPhone(contact) ?? contact.trim() };
