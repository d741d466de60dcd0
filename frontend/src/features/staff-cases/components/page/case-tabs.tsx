"use client";

import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { Link, usePathname } from "@/lib/i18n/navigation";

/** Pages of one case below its address, in the order in which they stand. */
const TABS = [
  "overview",
  "procedures",
  "debts",
  "terms",
  "documents",
  "story",
  "people",
  "eligibility",
  "connections",
] as const;

const hrefOf = (caseId: string, tab: (typeof TABS)[number]): string =>
  tab === "overview" ? `/staff/cases/${caseId}` : `/staff/cases/${caseId}/${tab}`;

export const CaseTabs = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("staff.caseTabs");
  const pathname = usePathname();
  return (
    <nav aria-label={t("label")} className="overflow-x-auto border-b border-line bg-surface px-4">
      <ul className="flex min-w-max gap-1">
        {TABS.map((tab) => {
          const href = hrefOf(caseId, tab);
          const isCurrent = pathname === href || (tab !== "overview" && pathname.startsWith(`${href}/`));
          return (
            <li key={tab}>
              <Link
                href={href}
                prefetch={false}
                aria-current={isCurrent ? "page" : undefined}
                className={cn(
                  "inline-flex min-h-11 items-center border-b-2 border-transparent px-3 font-medium text-muted hover:text-ink",
                  isCurrent && "border-primary text-primary",
                )}
              >
                {t(tab)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
};
