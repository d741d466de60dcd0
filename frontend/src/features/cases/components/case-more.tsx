"use client";

import {
  ChevronRight,
  Coins,
  Handshake,
  History,
  ListChecks,
  type LucideIcon,
  PenLine,
  Scale,
  Users,
} from "lucide-react";
import { useTranslations } from "next-intl";

import { Link } from "@/lib/i18n/navigation";

interface MorePage {
  path: "offers" | "check" | "help" | "people" | "debts" | "story" | "history";
  icon: LucideIcon;
}

/** Pages of a case that have no place of their own in the bar at the thumb. */
export const MORE_PAGES: readonly MorePage[] = [
  { path: "offers", icon: Scale },
  { path: "debts", icon: Coins },
  { path: "check", icon: ListChecks },
  { path: "story", icon: PenLine },
  { path: "people", icon: Users },
  { path: "help", icon: Handshake },
  { path: "history", icon: History },
];

export const CaseMore = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("cases.morePages");
  return (
    <>
      <h2 className="sr-only">{t("title")}</h2>
      <ul className="flex flex-col gap-2">
        {MORE_PAGES.map(({ path, icon: Icon }) => (
          <li key={path}>
            <Link
              href={`/cases/${caseId}/${path}`}
              className="flex min-h-16 items-center gap-3 rounded-card border border-line bg-surface px-4 py-3 hover:border-primary"
            >
              <Icon aria-hidden className="size-5 shrink-0 text-primary" />
              <span className="min-w-0 flex-1">
                <span className="block font-semibold text-ink">{t(`${path}.title`)}</span>
                <span className="block text-sm text-muted">{t(`${path}.text`)}</span>
              </span>
              <ChevronRight aria-hidden className="size-5 shrink-0 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
};
