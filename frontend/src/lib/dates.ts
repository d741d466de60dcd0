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

const PART_LENGTHS = [2, 2, 4];

/**
 * Puts the dots in while a person types, whether they type digits only or dots too; leaves anything else as it is.
 * Deleting is never fought against.
 */
export const maskTypedDate = (typed: string, previous: string): string => {
  const isDeleting = typed.length < previous.length;
  if (isDeleting || /[^\d.]/.test(typed)) return typed;
  const parts = [""];
  for (const character of typed) {
    const last = parts.length - 1;
    const part = parts[last] ?? "";
    if (character === ".") {
      if (part !== "" && last < 2) parts.push("");
    } else if (part.length < (PART_LENGTHS[last] ?? 0)) {
      parts[last] = part + character;
    } else if (last < 2) {
      parts.push(character);
    } else {
      return typed;
    }
  }
  const last = parts.length - 1;
  const isPartFull = last < 2 && parts[last]?.length === PART_LENGTHS[last];
  return parts.join(".") + (isPartFull ? "." : "");
};

/** Today in Almaty (UTC+5 all year), whatever the phone's own clock zone is. */
export const todayInAlmaty = (now: Date = new Date()): string =>
  new Date(now.getTime() + 5 * 3_600_000).toISOString().slice(0, 10);
