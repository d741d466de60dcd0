import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages } from "@/components/client-messages";
import { Link } from "@/lib/i18n/navigation";
import { safeNextAddress } from "@/lib/next-address";

import { SignInScreen } from "./sign-in-screen";

interface PageProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("signIn"))("title"),
});

const SignInPage = async ({ searchParams }: PageProps) => {
  const t = await getTranslations("signIn");
  const { next } = await searchParams;
  return (
    <ClientMessages namespaces={["common", "problems", "signIn"]}>
      <div className="mx-auto flex max-w-lg flex-col gap-6 px-4 py-8 sm:py-16">
        <div className="flex flex-col gap-2">
          <h1 className="text-xl font-bold sm:text-2xl">{t("title")}</h1>
          <p>{t("text")}</p>
        </div>
        <SignInScreen way="phone" next={safeNextAddress(typeof next === "string" ? next : null)} />
        <p className="border-t border-line pt-4 text-muted">
          <Link
            href="/sign-in/staff"
            className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4"
          >
            {t("toStaff")}
          </Link>
        </p>
      </div>
    </ClientMessages>
  );
};

export default SignInPage;
