export const LOCALES = ["ru", "kk", "en"] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "ru";
export const LOCALE_COOKIE = "kenes_language";

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value);

export const toLocale = (value: unknown): Locale => (isLocale(value) ? value : DEFAULT_LOCALE);

/** First language of an Accept-Language header that the product speaks. */
export const localeFromHeader = (header: string | null): Locale => {
  const wanted = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", quality] = part.trim().split(";q=");
      return { language: tag.slice(0, 2).toLowerCase(), weight: quality ? Number(quality) : 1 };
    })
    .sort((a, b) => b.weight - a.weight);
  return wanted.map((item) => item.language).find(isLocale) ?? DEFAULT_LOCALE;
};
