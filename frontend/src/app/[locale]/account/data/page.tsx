import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/components/account-page";
import { ACCOUNT_NAMESPACES, ClientMessages } from "@/components/client-messages";
import { DataRequestsScreen } from "@/features/account-data/components/data-requests";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("dataRequests"))("title"),
});

const DataPage = async () => {
  const t = await getTranslations("dataRequests");
  return (
    <AccountPage title={t("title")} lead={t("lead")}>
      <ClientMessages namespaces={[...ACCOUNT_NAMESPACES, "dataRequests"]}>
        <DataRequestsScreen />
      </ClientMessages>
    </AccountPage>
  );
};

export default DataPage;
