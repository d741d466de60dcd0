import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/components/account-page";
import { ClientMessages } from "@/components/client-messages";
import { safeNextAddress } from "@/lib/next-address";

import { SecondFactorScreen } from "./second-factor-screen";

type Value = string | string[] | undefined;

interface PageProps {
  searchParams: Promise<{ next?: Value; way?: Value }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("secondFactor"))("title"),
});

const SecondFactorPage = async ({ searchParams }: PageProps) => {
  const t = await getTranslations("secondFactor");
  const { next, way } = await searchParams;
  return (
    <ClientMessages namespaces={["common", "problems", "states", "secondFactor", "recoveryCodes"]}>
      <AccountPage title={t("title")} lead={t("text")}>
        <SecondFactorScreen
          next={safeNextAddress(typeof next === "string" ? next : null)}
          way={way === "totp" || way === "passkey" ? way : null}
        />
      </AccountPage>
    </ClientMessages>
  );
};

export default SecondFactorPage;
