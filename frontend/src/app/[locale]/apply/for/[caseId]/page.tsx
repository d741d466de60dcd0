import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages } from "@/components/client-messages";
import { FocusedShell } from "@/components/focused-shell";

import { PrincipalScreen } from "./principal-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("caseIntake"))("title"),
});

const ApplyForPage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <FocusedShell>
    <ClientMessages namespaces={["common", "problems", "states", "desk", "apply", "caseIntake"]}>
      <PrincipalScreen caseId={(await params).caseId} />
    </ClientMessages>
  </FocusedShell>
);

export default ApplyForPage;
