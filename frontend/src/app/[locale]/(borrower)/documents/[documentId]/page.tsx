import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { DocumentView } from "@/features/documents/components/document-view";

interface PageProps {
  params: Promise<{ documentId: string }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("documents"))("title"),
});

const DocumentPage = async ({ params }: PageProps) => <DocumentView documentId={(await params).documentId} />;

export default DocumentPage;
