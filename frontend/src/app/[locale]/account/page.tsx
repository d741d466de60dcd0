import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/components/account-page";
import { ACCOUNT_NAMESPACES, ClientMessages } from "@/components/client-messages";
import { ProfileScreen } from "@/features/account-profile/components/profile";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("profile"))("title"),
});

const ProfilePage = async () => {
  const t = await getTranslations("profile");
  return (
    <AccountPage title={t("title")} lead={t("lead")}>
      <ClientMessages namespaces={[...ACCOUNT_NAMESPACES, "profile"]}>
        <ProfileScreen />
      </ClientMessages>
    </AccountPage>
  );
};

export default ProfilePage;
