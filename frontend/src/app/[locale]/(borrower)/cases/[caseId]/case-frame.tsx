"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarClock, Ellipsis, FileText, FolderOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { SectionNav } from "@/components/section-nav";
import { ActingFor } from "@/features/case-parties/components/acting-for";
import { MORE_PAGES } from "@/features/cases/components/case-more";
import { CaseHeading } from "@/features/cases/components/case-views";
import { caseDetailQuery, caseKeys } from "@/features/cases/queries";
import { documentKeys } from "@/features/documents/queries";
import { usePathname } from "@/lib/i18n/navigation";
import { useHints } from "@/lib/realtime";

/** Heading and parts of one case; whatever changes on the server is read anew. */
export const CaseFrame = ({ caseId, children }: { caseId: string; children: ReactNode }) => {
  const t = useTranslations("cases.parts");
  useHints(`case:${caseId}`, [caseKeys.all, documentKeys.all]);
  const { data: detail } = useQuery(caseDetailQuery(caseId));
  const base = `/cases/${caseId}`;
  const acting = detail && (
    <ActingFor borrowerName={detail.borrower_name} isOnBehalf={detail.on_behalf_of_borrower} />
  );
  // Questions are asked one at a time, with nothing else on the page.
  const isAsking = usePathname().startsWith(`${base}/documents/interview/`);
  if (isAsking) {
    return (
      <div className="flex flex-col gap-5">
        {acting}
        {children}
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-5 pb-20 lg:pb-0">
      <CaseHeading caseId={caseId} />
      {acting}
      <SectionNav
        label={t("label")}
        links={[
          { href: base, label: t("case"), icon: FolderOpen },
          { href: `${base}/documents`, label: t("documents"), icon: FileText },
          { href: `${base}/terms`, label: t("terms"), icon: CalendarClock },
          {
            href: `${base}/more`,
            label: t("more"),
            icon: Ellipsis,
            covers: MORE_PAGES.map(({ path }) => `${base}/${path}`),
          },
        ]}
      />
      {children}
    </div>
  );
};
