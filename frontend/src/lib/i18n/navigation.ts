import { createNavigation } from "next-intl/navigation";

import { DEFAULT_LOCALE, LOCALES } from "./locales";

export const { Link, useRouter, usePathname } = createNavigation({
  locales: LOCALES,
  defaultLocale: DEFAULT_LOCALE,
  localePrefix: "always",
  // The chosen language is remembered by proxy.ts alone.
  localeCookie: false,
});
