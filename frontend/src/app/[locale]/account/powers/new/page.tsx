import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/components/account-page";
import { ACCOUNT_NAMESPACES, ClientMessages, FILE_NAMESPACES } from "@/components/client-messages";
import { PowerWizard } from "@/features/account-powers/components/wizard";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("powers.new"))("title"),
});

const NewPowerPage = async () => {
  const t = await getTranslations("powers.new");
  return (
    <AccountPage title={t("title")}>
      <ClientMessages namespaces={[...ACCOUNT_NAMESPACES, ...FILE_NAMESPACES, "powers"]}>
        <PowerWizard />
      </ClientMessages>
    </AccountPage>
  );
};

export default NewPowerPage;
