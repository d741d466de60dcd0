/** Plain calendar dates as ISO strings: no time zone can move them. */

const pad = (value: number, length = 2) => String(value).padStart(length, "0");

const toIso = (year: number, month: number, day: number): string | null => {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : null;
};

/** Reads `дд.мм.гггг` (also with / - or spaces, two-digit years as 20xx) and ISO dates; null when it is no real day. */
export const parseTypedDate = (typed: string): string | null => {
  const text = typed.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return toIso(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local =
    /^(\d{1,2})[.\-/\s]+(\d{1,2})[.\-/\s]+(\d{4}|\d{2})\.?$/.exec(text) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (!local) return null;
  const year = Number(local[3]);
  return toIso(year < 100 ? 2000 + year : year, Number(local[2]), Number(local[1]));
};

export const toTypedDate = (iso: string): string => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return match ? `${match[3]}.${match[2]}.${match[1]}` : iso;
};

/** Puts the dots in while a person types digits only; leaves anything else as it is. */
export const maskTypedDate = (typed: string, previous: string): string => {
  const isDeleting = typed.length < previous.length;
  if (isDeleting || /[^\d.]/.test(typed)) return typed;
  const digits = typed.replaceAll(".", "");
  if (typed.includes(".") && !/^\d{2}\.(\d{0,2}(\.\d{0,4})?)?$/.test(typed) && !/^\d{2}\.\d{3,}$/.test(typed))
    return typed;
  if (digits.length > 8) return typed;
  if (digits.length >= 4) return `${digits.slice(0, 2)}.${digits.slice(2, 4)}.${digits.slice(4)}`;
  if (digits.length >= 2) return `${digits.slice(0, 2)}.${digits.slice(2)}`;
  return digits;
};

/** Today in Almaty (UTC+5 all year), whatever the phone's own clock zone is. */
export const todayInAlmaty = (now: Date = new Date()): string =>
  new Date(now.getTime() + 5 * 3_600_000).toISOString().slice(0, 10);
