import type { Locale } from "@/lib/i18n/locales";

/** Month names are ours: many phones have no Kazakh in their browser, and the forms must be right everywhere. */
const MONTHS: Record<Locale, readonly string[]> = {
  ru: [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
  ],
  kk: [
    "қаңтар",
    "ақпан",
    "наурыз",
    "сәуір",
    "мамыр",
    "маусым",
    "шілде",
    "тамыз",
    "қыркүйек",
    "қазан",
    "қараша",
    "желтоқсан",
  ],
  en: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
};

const NBSP = "\u00a0";

/** Kazakhstan has kept UTC+5 since 1 March 2024; zone data on old phones still says +6, so the shift is done here. */
const ALMATY_SHIFT_MS = 5 * 3_600_000;

/** Kazakh puts the meaning of «until» and «from» into the ending of the month. */
const KAZAKH_ENDINGS = {
  plain: ["", "", "", "", "", "", "", "", "", "", "", ""],
  until: ["ға", "ға", "ға", "ге", "ға", "ға", "ге", "ға", "ке", "ға", "ға", "ға"],
  from: ["дан", "нан", "дан", "ден", "дан", "нан", "ден", "дан", "тен", "нан", "дан", "нан"],
} as const;

export type DateForm = keyof typeof KAZAKH_ENDINGS;

const HAS_ZONE = /T.*(?:Z|[+-]\d{2}:?\d{2})$/;

/** The moment as Almaty's clock and calendar show it, in ISO form without a zone; null for what is no moment. */
const inAlmaty = (iso: string): string | null => {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return null;
  return new Date(moment.getTime() + ALMATY_SHIFT_MS).toISOString().slice(0, 19);
};

/**
 * An ISO date, or the Almaty day of a moment with its zone, as `23 ноября 2026 г.`, `2026 ж. 23 қараша`,
 * `23 November 2026`; other input comes back unchanged.
 * `form` matters in Kazakh only: `until` for «… дейін», `from` for «… бастап».
 */
export const formatDate = (iso: string, locale: Locale, form: DateForm = "plain"): string => {
  const plain = HAS_ZONE.test(iso) ? inAlmaty(iso) : iso;
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(plain ?? "");
  const index = match ? Number(match[2]) - 1 : -1;
  const month = MONTHS[locale][index];
  if (!match || !month) return iso;
  const year = match[1];
  const day = String(Number(match[3]));
  const ending = KAZAKH_ENDINGS[form][index] ?? "";
  if (locale === "kk") return `${year}${NBSP}ж.${NBSP}${day}${NBSP}${month}${ending}`;
  if (locale === "ru") return `${day}${NBSP}${month}${NBSP}${year}${NBSP}г.`;
  return `${day}${NBSP}${month}${NBSP}${year}`;
};

/** A UTC moment as Almaty date and clock time. */
export const formatDateTime = (iso: string, locale: Locale): string => {
  const local = inAlmaty(iso);
  return local ? `${formatDate(local, locale)}, ${local.slice(11, 16)}` : iso;
};

const group = (digits: string) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, NBSP);

/** Integer tiyn as `1 234 567 ₸`, with tiyn only when there are some: `1 234 567,50 ₸`. */
export const formatMoney = (tiyn: number): string => {
  const sign = tiyn < 0 ? "−" : "";
  const whole = Math.floor(Math.abs(tiyn) / 100);
  const rest = Math.abs(tiyn) % 100;
  const fraction = rest === 0 ? "" : `,${String(rest).padStart(2, "0")}`;
  return `${sign}${group(String(whole))}${fraction}${NBSP}₸`;
};

/** `+77012345678` as `+7 701 234 56 78`. */
export const formatPhone = (e164: string): string => {
  const match = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164);
  return match ? `+7${NBSP}${match[1]}${NBSP}${match[2]}${NBSP}${match[3]}${NBSP}${match[4]}` : e164;
};

/** Seconds as `4:05`. */
export const formatCountdown = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
