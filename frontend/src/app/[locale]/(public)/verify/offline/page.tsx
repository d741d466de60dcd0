import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages } from "@/components/client-messages";
import { OfflineCheck } from "@/features/verify/components/offline-check";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("signatureCheck.offline"))("title"),
});

const OfflineCheckPage = async () => {
  const t = await getTranslations("signatureCheck.offline");
  return (
    <ClientMessages namespaces={["common", "verify", "signatureCheck", "signatureReasons"]}>
      <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:py-12">
        <div className="flex flex-col gap-2">
          <h1 className="text-xl font-bold sm:text-2xl">{t("title")}</h1>
          <p className="measure">{t("lead")}</p>
        </div>
        <OfflineCheck />
      </div>
    </ClientMessages>
  );
};

export default OfflineCheckPage;
