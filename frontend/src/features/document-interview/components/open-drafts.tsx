"use client";

import { useQuery } from "@tanstack/react-query";
import { PencilLine } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { Card } from "@/components/ui/card";
import { buttonStyles } from "@/components/ui/button";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { openDraftsQuery } from "../queries";
import type { DebtChoice, DraftRow } from "../types";

interface OpenDraftsProps {
  caseId: string;
  documentsHref: string;
  debts: readonly DebtChoice[];
}

const Draft = ({ draft, href, about }: { draft: DraftRow; href: string; about: string }) => {
  const t = useTranslations("documentInterview.open");
  const locale = useLocale();
  return (
    <li className="flex flex-col gap-3 py-3 first:pt-0 last:pb-0 sm:flex-row sm:items-center sm:justify-between">
      <div className="min-w-0">
        <h3 className="font-semibold">{draft.title}</h3>
        <p className="text-sm text-muted">{about}</p>
        <p className="text-sm text-muted">
          {t("touched", { when: formatDateTime(draft.updated_at, locale) })}
        </p>
      </div>
      <Link
        href={href}
        className={buttonStyles({ className: "shrink-0" })}
        aria-label={t("goOnWith", { title: draft.title })}
      >
        {t("goOn")}
      </Link>
    </li>
  );
};

/** Documents that wait for answers: first of all, because somebody has begun them. Nothing when there are none. */
export const OpenDrafts = ({ caseId, documentsHref, debts }: OpenDraftsProps) => {
  const t = useTranslations("documentInterview");
  const { data } = useQuery(openDraftsQuery(caseId));
  if (!data || data.items.length === 0) return null;
  const aboutOf = ({ obligation_id: id }: DraftRow) =>
    id === null ? t("wholeCase") : (debts.find((debt) => debt.id === id)?.label ?? "");
  return (
    <Card className="flex flex-col gap-3" aria-labelledby="open-drafts">
      <h2 id="open-drafts" className="flex items-start gap-2 text-lg font-semibold">
        <PencilLine aria-hidden className="mt-1 size-5 shrink-0 text-primary" />
        {t("open.title", { count: data.items.length })}
      </h2>
      <ul className="flex flex-col divide-y divide-line">
        {data.items.map((draft) => (
          <Draft
            key={draft.id}
            draft={draft}
            href={`${documentsHref}/interview/${draft.id}`}
            about={aboutOf(draft)}
          />
        ))}
      </ul>
    </Card>
  );
};
