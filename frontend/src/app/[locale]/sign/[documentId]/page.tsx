import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages, FILE_NAMESPACES, SHELL_NAMESPACES } from "@/components/client-messages";
import { FocusedShell } from "@/components/focused-shell";

import { SignScreen } from "./sign-screen";

interface PageProps {
  params: Promise<{ documentId: string }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("signing"))("metaTitle"),
});

const SignPage = async ({ params }: PageProps) => (
  <FocusedShell wide>
    <ClientMessages namespaces={[...SHELL_NAMESPACES, ...FILE_NAMESPACES, "signing", "eds"]}>
      <SignScreen documentId={(await params).documentId} />
    </ClientMessages>
  </FocusedShell>
);

export default SignPage;
