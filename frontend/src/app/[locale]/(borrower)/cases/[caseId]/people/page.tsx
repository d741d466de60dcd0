import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";

import { PeopleScreen } from "./people-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("cases.morePages.people"))("title"),
});

const CasePeoplePage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "desk", "parties", "partyInvitations"]}>
    <PeopleScreen caseId={(await params).caseId} />
  </ClientMessages>
);

export default CasePeoplePage;
