import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/components/account-page";
import { ACCOUNT_NAMESPACES, ClientMessages, FILE_NAMESPACES } from "@/components/client-messages";
import { PowersScreen } from "@/features/account-powers/components/powers";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("powers"))("title"),
});

const PowersPage = async () => {
  const t = await getTranslations("powers");
  return (
    <AccountPage title={t("title")} lead={t("lead")}>
      <ClientMessages namespaces={[...ACCOUNT_NAMESPACES, ...FILE_NAMESPACES, "powers"]}>
        <PowersScreen />
      </ClientMessages>
    </AccountPage>
  );
};

export default PowersPage;
