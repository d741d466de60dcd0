import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/components/account-page";
import { ACCOUNT_NAMESPACES, ClientMessages } from "@/components/client-messages";
import { ConsentsScreen } from "@/features/account-consents/components/consents";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("consentsPage"))("title"),
});

const ConsentsPage = async () => {
  const t = await getTranslations("consentsPage");
  return (
    <AccountPage title={t("title")} lead={t("lead")}>
      <ClientMessages namespaces={[...ACCOUNT_NAMESPACES, "consentsPage"]}>
        <ConsentsScreen />
      </ClientMessages>
    </AccountPage>
  );
};

export default ConsentsPage;
