import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages, FILE_NAMESPACES, SHELL_NAMESPACES } from "@/components/client-messages";
import { OffersPage } from "@/features/offers/components/offers-page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("offers.page"))("title"),
});

const CaseOffersPage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, ...FILE_NAMESPACES, "desk", "offers"]}>
    <OffersPage caseId={(await params).caseId} />
  </ClientMessages>
);

export default CaseOffersPage;
