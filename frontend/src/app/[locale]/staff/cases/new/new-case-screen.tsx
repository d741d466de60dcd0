"use client";

import { useTranslations } from "next-intl";

import { Desk, PageHead } from "@/components/desk/page-head";
import { Alert } from "@/components/ui/alert";
import { BeginForm } from "@/features/apply/components/for-others/begin-form";
import { OpenDrafts } from "@/features/apply/components/for-others/open-drafts";
import { useStaff } from "@/features/staff-shell/components/staff-gate";
import { useRouter } from "@/lib/i18n/navigation";

export const MAY_FILE = "case.file_for_others";

export const NewCaseScreen = () => {
  const t = useTranslations("caseIntake");
  const router = useRouter();
  const { today, abilities } = useStaff();
  return (
    <Desk>
      <PageHead
        back={{ href: "/staff/cases", label: t("begin.back") }}
        title={t("title")}
        lead={t("begin.lead")}
      />
      {abilities.includes(MAY_FILE) ? (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,46rem)_minmax(0,18rem)]">
          <BeginForm today={today} onBegun={(caseId) => router.push(`/staff/cases/new/${caseId}`)} />
          <div className="row-start-1 lg:row-auto">
            <OpenDrafts />
          </div>
        </div>
      ) : (
        <Alert tone="info">{t("refused")}</Alert>
      )}
    </Desk>
  );
};
