import { DEVICE_PREFIX } from "@/lib/device-storage";

import { type Draft, readDraft } from "./draft";

/**
 * The copy on the device bridges a lost line. It holds neither ИИН nor phone: phones are lent, sold and repaired. Numbers
 * that could be one of them are blanked in free text too.
 */
interface DeviceCopy {
  step: string;
  draft: Draft;
}

const PHONE_OR_IIN = /(?:\+?[78][\s\u00a0().-]*)?\d(?:[\s\u00a0().-]*\d){9,11}/g;

const blank = (text: string) =>
  text.replace(PHONE_OR_IIN, (match) => {
    const digits = match.replace(/\D/g, "").length;
    return digits >= 10 && digits <= 12 ? "•".repeat(digits) : match;
  });

export const withoutIdentity = (draft: Draft): Draft => ({
  ...draft,
  person: { full_name: blank(draft.person.full_name), iin: "" },
  contact: { ...draft.contact, address: blank(draft.contact.address), email: blank(draft.contact.email) },
  income: { ...draft.income, source: blank(draft.income.source) },
  events: draft.events.map((event) => ({ ...event, text: blank(event.text) })),
  hardship: { ...draft.hardship, text: blank(draft.hardship.text) },
  relief: { ...draft.relief, comment: blank(draft.relief.comment) },
});

/** Storage may be full or forbidden; the server has its own copy, so a failure here stays silent. */
export const keepOnDevice = (caseId: string, copy: DeviceCopy): void => {
  try {
    localStorage.setItem(
      DEVICE_PREFIX + caseId,
      JSON.stringify({ step: copy.step, draft: withoutIdentity(copy.draft), unsent: true }),
    );
  } catch {
    return;
  }
};

export const forgetOnDevice = (caseId: string): void => {
  try {
    localStorage.removeItem(DEVICE_PREFIX + caseId);
  } catch {
    return;
  }
};

/** What was typed after the last saving on the server, if the line was lost meanwhile. */
export const readFromDevice = (caseId: string): DeviceCopy | null => {
  try {
    const stored = localStorage.getItem(DEVICE_PREFIX + caseId);
    if (!stored) return null;
    const parsed: unknown = JSON.parse(stored);
    if (typeof parsed !== "object" || parsed === null || !("draft" in parsed)) return null;
    const step = "step" in parsed && typeof parsed.step === "string" ? parsed.step : "";
    return { step, draft: readDraft(parsed.draft) };
  } catch {
    return null;
  }
};

const BLANKED = "•".repeat(10);

const prefer = (local: string, remote: string) => (local.includes(BLANKED) ? remote || local : local);

/** The device's newer text with what it may not hold taken from the server's copy. */
export const mergeDeviceOver = (local: Draft, remote: Draft): Draft => ({
  ...local,
  person: { full_name: prefer(local.person.full_name, remote.person.full_name), iin: remote.person.iin },
  contact: {
    ...local.contact,
    address: prefer(local.contact.address, remote.contact.address),
    email: prefer(local.contact.email, remote.contact.email),
  },
  income: { ...local.income, source: prefer(local.income.source, remote.income.source) },
  events: local.events.map((event) => ({
    ...event,
    text: prefer(event.text, remote.events.find((item) => item.key === event.key)?.text ?? ""),
  })),
  hardship: { ...local.hardship, text: prefer(local.hardship.text, remote.hardship.text) },
  relief: { ...local.relief, comment: prefer(local.relief.comment, remote.relief.comment) },
});
