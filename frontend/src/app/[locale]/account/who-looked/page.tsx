import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/components/account-page";
import { ACCOUNT_NAMESPACES, ClientMessages } from "@/components/client-messages";
import { ReadsScreen } from "@/features/account-reads/components/reads";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("reads"))("title"),
});

const ReadsPage = async () => {
  const t = await getTranslations("reads");
  return (
    <AccountPage title={t("title")} lead={t("lead")}>
      <ClientMessages namespaces={[...ACCOUNT_NAMESPACES, "reads"]}>
        <ReadsScreen />
      </ClientMessages>
    </AccountPage>
  );
};

export default ReadsPage;
