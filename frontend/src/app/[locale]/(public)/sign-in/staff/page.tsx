import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages } from "@/components/client-messages";
import { safeNextAddress } from "@/lib/next-address";

import { SignInScreen } from "../sign-in-screen";

interface PageProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("signIn"))("staffTitle"),
});

const StaffSignInPage = async ({ searchParams }: PageProps) => {
  const t = await getTranslations("signIn");
  const { next } = await searchParams;
  return (
    <ClientMessages namespaces={["common", "problems", "signIn"]}>
      <div className="mx-auto flex max-w-lg flex-col gap-6 px-4 py-8 sm:py-16">
        <h1 className="text-xl font-bold sm:text-2xl">{t("staffTitle")}</h1>
        <SignInScreen way="password" next={safeNextAddress(typeof next === "string" ? next : null)} />
      </div>
    </ClientMessages>
  );
};

export default StaffSignInPage;
