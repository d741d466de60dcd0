import { getTranslations } from "next-intl/server";

import { ClientMessages, FILE_NAMESPACES, SHELL_NAMESPACES } from "@/components/client-messages";
import { Alert } from "@/components/ui/alert";

import { RecordedConsentNote } from "@/features/account-consents/components/recorded-consent-note";

import { OverviewScreen } from "./overview-screen";

interface PageProps {
  params: Promise<{ caseId: string }>;
  searchParams: Promise<{ submitted?: string | string[] }>;
}

const CasePage = async ({ params, searchParams }: PageProps) => {
  const { caseId } = await params;
  const { submitted } = await searchParams;
  const t = await getTranslations("cases");
  return (
    <>
      {submitted === "1" && (
        <Alert tone="success" live>
          {t("submitted")}
        </Alert>
      )}
      <ClientMessages
        namespaces={[
          ...SHELL_NAMESPACES,
          ...FILE_NAMESPACES,
          "desk",
          "cases",
          "casePapers",
          "caseExtraction",
          "schedules",
          "procedures",
          "recordedConsentNote",
        ]}
      >
        <RecordedConsentNote caseId={caseId} />
        <OverviewScreen caseId={caseId} />
      </ClientMessages>
    </>
  );
};

export default CasePage;
