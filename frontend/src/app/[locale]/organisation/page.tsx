import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";

import { AccountPage } from "@/components/account-page";
import { ACCOUNT_NAMESPACES, ClientMessages } from "@/components/client-messages";
import { OwnOrganisationScreen } from "@/features/own-organisation/components/own-organisation";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("ownOrganisation"))("title"),
});

const OrganisationPage = async () => {
  const t = await getTranslations("ownOrganisation");
  return (
    <AccountPage title={t("title")} lead={t("lead")}>
      <ClientMessages namespaces={[...ACCOUNT_NAMESPACES, "ownOrganisation"]}>
        <Suspense>
          <OwnOrganisationScreen />
        </Suspense>
      </ClientMessages>
    </AccountPage>
  );
};

export default OrganisationPage;
