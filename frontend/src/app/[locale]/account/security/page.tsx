import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/components/account-page";
import { ClientMessages } from "@/components/client-messages";

import { SecurityScreen } from "./security-screen";

interface PageProps {
  searchParams: Promise<{ error?: string | string[] }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("security"))("title"),
});

const AccountSecurityPage = async ({ searchParams }: PageProps) => {
  const t = await getTranslations("security");
  const { error } = await searchParams;
  return (
    <ClientMessages namespaces={["common", "problems", "states", "security", "recoveryCodes", "eds"]}>
      <AccountPage title={t("title")} lead={t("text")}>
        <SecurityScreen outsideFailed={error !== undefined} />
      </AccountPage>
    </ClientMessages>
  );
};

export default AccountSecurityPage;
