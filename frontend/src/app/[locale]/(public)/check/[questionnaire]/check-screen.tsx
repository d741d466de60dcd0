"use client";

import { useTranslations } from "next-intl";

import { buttonStyles } from "@/components/ui/button";
import { QuestionnaireFlow } from "@/features/eligibility/components/questionnaire";
import { Link } from "@/lib/i18n/navigation";

export const CheckScreen = ({ code }: { code: string }) => {
  const t = useTranslations("eligibility");
  return (
    <QuestionnaireFlow
      code={code}
      resultActions={() => (
        <Link href="/apply" className={buttonStyles({ size: "normal" })}>
          {t("apply")}
        </Link>
      )}
    />
  );
};
