import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { HelpPage } from "@/features/marketplace/components/help-page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("marketplace.page"))("title"),
});

const CaseHelpPage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "desk", "marketplace"]}>
    <HelpPage caseId={(await params).caseId} />
  </ClientMessages>
);

export default CaseHelpPage;
