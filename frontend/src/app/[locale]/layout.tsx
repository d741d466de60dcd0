import "@fontsource-variable/golos-text";
import "@/styles/globals.css";

import type { Metadata, Viewport } from "next";
import { hasLocale } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";

import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { DemoBanner } from "@/components/demo-banner";
import { Providers } from "@/components/providers";
import { SkipLink } from "@/components/skip-link";
import { ViewAsGate } from "@/features/view-as/components/view-as-gate";
import { ProofGate } from "@/features/proof/components/proof-gate";
import { LOCALES, toLocale } from "@/lib/i18n/locales";

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}

// The demo mark and the law texts come from the API at request time, so nothing is fixed at build time.
export const dynamic = "force-dynamic";

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#15202a" },
  ],
};

export const generateMetadata = async ({ params }: LayoutProps): Promise<Metadata> => {
  const locale = toLocale((await params).locale);
  const t = await getTranslations({ locale, namespace: "home" });
  return {
    title: { default: t("metaTitle"), template: "%s — Kenes Hub" },
    description: t("metaDescription"),
    icons: { icon: "/icon.svg" },
    formatDetection: { telephone: false, date: false },
  };
};

const LocaleLayout = async ({ children, params }: LayoutProps) => {
  const { locale } = await params;
  if (!hasLocale(LOCALES, locale)) notFound();
  setRequestLocale(locale);
  const t = await getTranslations("nav");
  return (
    <html lang={locale}>
      <body className="font-sans antialiased">
        <ClientMessages namespaces={[...SHELL_NAMESPACES, "proof", "viewAs"]}>
          <Providers>
            <SkipLink label={t("skip")} />
            <ViewAsGate />
            <DemoBanner locale={locale} />
            {children}
            <ProofGate />
          </Providers>
        </ClientMessages>
      </body>
    </html>
  );
};

export default LocaleLayout;
