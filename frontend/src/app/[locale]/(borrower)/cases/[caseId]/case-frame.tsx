"use client";

import { CalendarClock, FileText, FolderOpen, History } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { SectionNav } from "@/components/section-nav";
import { CaseHeading } from "@/features/cases/components/case-views";
import { caseKeys } from "@/features/cases/queries";
import { documentKeys } from "@/features/documents/queries";
import { useHints } from "@/lib/realtime";

/** Heading and parts of one case; whatever changes on the server is read anew. */
export const CaseFrame = ({ caseId, children }: { caseId: string; children: ReactNode }) => {
  const t = useTranslations("cases.parts");
  useHints(`case:${caseId}`, [caseKeys.all, documentKeys.all]);
  const base = `/cases/${caseId}`;
  return (
    <div className="flex flex-col gap-5 pb-20 lg:pb-0">
      <CaseHeading caseId={caseId} />
      <SectionNav
        label={t("label")}
        links={[
          { href: base, label: t("case"), icon: FolderOpen },
          { href: `${base}/documents`, label: t("documents"), icon: FileText },
          { href: `${base}/terms`, label: t("terms"), icon: CalendarClock },
          { href: `${base}/history`, label: t("history"), icon: History },
        ]}
      />
      {children}
    </div>
  );
};
