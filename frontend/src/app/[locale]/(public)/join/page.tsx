import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages } from "@/components/client-messages";
import { JoinOffer } from "@/features/case-parties/components/join-offer";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("join"))("title"),
  robots: { index: false, follow: false },
});

const JoinPage = async () => {
  const t = await getTranslations("join");
  return (
    <ClientMessages namespaces={["common", "problems", "states", "join"]}>
      <div className="mx-auto flex max-w-xl flex-col gap-6 px-4 py-8 sm:py-16">
        <div className="flex flex-col gap-2">
          <h1 className="text-xl font-bold sm:text-2xl">{t("title")}</h1>
          <p className="measure">{t("text")}</p>
        </div>
        <JoinOffer />
      </div>
    </ClientMessages>
  );
};

export default JoinPage;
