import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { DocumentView } from "@/features/documents/components/document-view";

interface PageProps {
  params: Promise<{ documentId: string }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("documents"))("title"),
});

const DocumentPage = async ({ params }: PageProps) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "documents", "viewer"]}>
    <DocumentView documentId={(await params).documentId} />
  </ClientMessages>
);

export default DocumentPage;
