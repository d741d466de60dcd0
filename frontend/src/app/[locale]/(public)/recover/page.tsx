import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages } from "@/components/client-messages";
import { Recovery } from "@/features/recovery/components/recovery";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("recover"))("title"),
  robots: { index: false },
});

const RecoverPage = () => (
  <ClientMessages namespaces={["common", "problems", "recover"]}>
    <div className="mx-auto flex max-w-lg flex-col gap-6 px-4 py-8 sm:py-16">
      <Recovery />
    </div>
  </ClientMessages>
);

export default RecoverPage;
