import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { DocumentSigning } from "@/app/[locale]/document-signing";
import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { DocumentView } from "@/features/documents/components/document-view";
import { PublicName } from "@/features/signers/components/public-name";
import { SignLink } from "@/features/signers/components/sign-link";

interface PageProps {
  params: Promise<{ documentId: string }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("documents"))("title"),
});

const DocumentPage = async ({ params }: PageProps) => {
  const { documentId } = await params;
  return (
    <ClientMessages namespaces={[...SHELL_NAMESPACES, "documents", "viewer", "signers", "evidence"]}>
      <DocumentView
        documentId={documentId}
        signLink={<SignLink documentId={documentId} />}
        publicName={<PublicName documentId={documentId} />}
      >
        <DocumentSigning documentId={documentId} />
      </DocumentView>
    </ClientMessages>
  );
};

export default DocumentPage;
