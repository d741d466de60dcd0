import { getTranslations } from "next-intl/server";

import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { CaseEligibility } from "@/features/eligibility/components/case-eligibility";

interface PageProps {
  params: Promise<{ caseId: string }>;
}

const CaseCheckPage = async ({ params }: PageProps) => {
  const t = await getTranslations("eligibility");
  return (
    <ClientMessages namespaces={[...SHELL_NAMESPACES, "eligibility"]}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-1">
          <h1 className="text-xl font-bold">{t("caseTitle")}</h1>
          <p className="measure text-muted">{t("caseLead")}</p>
        </div>
        <CaseEligibility caseId={(await params).caseId} mayCheck />
      </div>
    </ClientMessages>
  );
};

export default CaseCheckPage;
