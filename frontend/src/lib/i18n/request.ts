import { getRequestConfig } from "next-intl/server";

import { toLocale } from "./locales";

export default getRequestConfig(async ({ requestLocale }) => {
  const locale = toLocale(await requestLocale);
  const catalogue = await import(`../../../messages/${locale}.json`);
  return { locale, messages: catalogue.default, timeZone: "Asia/Almaty" };
});
