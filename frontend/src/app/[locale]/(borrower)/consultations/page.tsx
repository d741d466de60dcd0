import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";

import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { Directory } from "@/features/consultations/components/directory";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("consultations.directory"))("title"),
});

const ConsultationsPage = () => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "desk", "consultations"]}>
    <Suspense>
      <Directory />
    </Suspense>
  </ClientMessages>
);

export default ConsultationsPage;
