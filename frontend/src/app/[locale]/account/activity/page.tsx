import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/components/account-page";
import { ACCOUNT_NAMESPACES, ClientMessages } from "@/components/client-messages";
import { ActivityScreen } from "@/features/account-activity/components/activity";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("activity"))("title"),
});

const ActivityPage = async () => {
  const t = await getTranslations("activity");
  return (
    <AccountPage title={t("title")} lead={t("lead")}>
      <ClientMessages namespaces={[...ACCOUNT_NAMESPACES, "activity"]}>
        <ActivityScreen />
      </ClientMessages>
    </AccountPage>
  );
};

export default ActivityPage;
