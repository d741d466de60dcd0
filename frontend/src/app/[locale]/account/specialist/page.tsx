import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/components/account-page";
import { ACCOUNT_NAMESPACES, ClientMessages, FILE_NAMESPACES } from "@/components/client-messages";
import { SpecialistScreen } from "@/features/account-specialist/components/specialist";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("specialist"))("title"),
});

const SpecialistPage = async () => {
  const t = await getTranslations("specialist");
  return (
    <AccountPage title={t("title")} lead={t("lead")}>
      <ClientMessages namespaces={[...ACCOUNT_NAMESPACES, ...FILE_NAMESPACES, "specialist"]}>
        <SpecialistScreen />
      </ClientMessages>
    </AccountPage>
  );
};

export default SpecialistPage;
