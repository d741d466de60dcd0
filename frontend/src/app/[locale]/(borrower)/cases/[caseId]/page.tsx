import { getTranslations } from "next-intl/server";

import { Alert } from "@/components/ui/alert";
import { CasePartiesBlock } from "@/features/case-parties/components/case-parties";
import { CaseOverview } from "@/features/cases/components/case-views";

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
      <CaseOverview caseId={caseId} />
      <CasePartiesBlock caseId={caseId} />
    </>
  );
};

export default CasePage;
