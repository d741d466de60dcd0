"use client";

import { useLocale } from "next-intl";
import NextLink from "next/link";
import { usePathname as useNextPathname, useRouter as useNextRouter } from "next/navigation";
import { type ComponentProps, useMemo } from "react";

import type { Locale } from "./locales";

/** `/cases` in the reader's language; the whole of navigation between languages, at a tenth of the usual weight. */
const withLocale = (href: string, locale: Locale): string =>
  href === "/" ? `/${locale}` : `/${locale}${href}`;

type LinkProps = Omit<ComponentProps<typeof NextLink>, "href" | "locale"> & { href: string };

export const Link = ({ href, ...rest }: LinkProps) => {
  const locale = useLocale();
  return <NextLink href={withLocale(href, locale)} {...rest} />;
};

interface Options {
  scroll?: boolean;
}

export const useRouter = () => {
  const locale = useLocale();
  const router = useNextRouter();
  return useMemo(
    () => ({
      ...router,
      push: (href: string, options?: Options) => router.push(withLocale(href, locale), options),
      replace: (href: string, options?: Options) => router.replace(withLocale(href, locale), options),
    }),
    [locale, router],
  );
};

/** The address without its language: `/cases/1`, `/` for the home page. */
export const usePathname = (): string => {
  const pathname = useNextPathname();
  return pathname.replace(/^\/[a-z]{2}(?=\/|$)/, "") || "/";
};
