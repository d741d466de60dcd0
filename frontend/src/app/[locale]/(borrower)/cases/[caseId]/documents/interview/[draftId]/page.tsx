import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";

import { InterviewScreen } from "../../documents-screen";

interface PageProps {
  params: Promise<{ caseId: string; draftId: string }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("documentInterview"))("title"),
});

const InterviewPage = async ({ params }: PageProps) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "documentInterview"]}>
    <InterviewScreen {...await params} />
  </ClientMessages>
);

export default InterviewPage;
