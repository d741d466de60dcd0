"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback } from "react";

import { Desk } from "@/components/desk/page-head";
import { PreparedCase } from "@/features/apply/components/for-others/prepared-case";
import { useStaff } from "@/features/staff-shell/components/staff-gate";
import { useRouter } from "@/lib/i18n/navigation";
import { sessionKey } from "@/lib/session";

export const PreparedScreen = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseIntake.form");
  const router = useRouter();
  const queryClient = useQueryClient();
  const { today } = useStaff();
  const open = useCallback(({ id }: { id: string }) => router.replace(`/staff/cases/${id}`), [router]);
  return (
    <Desk>
      <PreparedCase
        caseId={caseId}
        today={today}
        back={{ href: "/staff/cases/new", label: t("back") }}
        onCase={open}
        onSignedOut={() => void queryClient.invalidateQueries({ queryKey: sessionKey })}
      />
    </Desk>
  );
};
