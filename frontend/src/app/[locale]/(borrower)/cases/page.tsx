import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { MySignaturesCard } from "@/app/[locale]/my-signatures";
import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { RecordedConsentNote } from "@/features/account-consents/components/recorded-consent-note";
import { ActingFor } from "@/features/case-parties/components/acting-for";
import { CaseList } from "@/features/cases/components/case-list";

import { ForPrincipal } from "./for-principal";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("cases"))("title"),
});

const CasesPage = async () => {
  const t = await getTranslations("cases");
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-5">
      <h1 className="text-xl font-bold sm:text-2xl">{t("title")}</h1>
      <ActingFor />
      <ClientMessages namespaces={[...SHELL_NAMESPACES, "caseIntake", "recordedConsentNote"]}>
        <RecordedConsentNote />
        <ForPrincipal />
      </ClientMessages>
      <MySignaturesCard />
      <CaseList />
    </div>
  );
};

export default CasesPage;
