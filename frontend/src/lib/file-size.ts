import type { Locale } from "@/lib/i18n/locales";

const KILOBYTE = 1024;
const MEGABYTE = KILOBYTE * KILOBYTE;
const UNITS: Record<Locale, readonly [string, string]> = {
  ru: ["КБ", "МБ"],
  kk: ["КБ", "МБ"],
  en: ["KB", "MB"],
};

/** Bytes as `850 КБ` or `1,4 МБ`; rounded down, so that a limit is never shown larger than it is. */
export const formatBytes = (bytes: number, locale: Locale): string => {
  const [kilobytes, megabytes] = UNITS[locale];
  if (bytes < MEGABYTE) return `${Math.max(1, Math.floor(bytes / KILOBYTE))}\u00a0${kilobytes}`;
  const tenths = Math.floor((bytes * 10) / MEGABYTE);
  const fraction = tenths % 10 === 0 ? "" : `${locale === "en" ? "." : ","}${tenths % 10}`;
  return `${Math.floor(tenths / 10)}${fraction}\u00a0${megabytes}`;
};
