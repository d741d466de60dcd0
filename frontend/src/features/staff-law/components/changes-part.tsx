"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { ListFrame } from "@/components/desk/list-frame";
import { formatDate } from "@/lib/format";

import { changesQuery } from "../queries";
import { ChangeStatusBadge } from "./change-status";

/** Proposals, newest first. */
export const ChangesPart = ({ onChange }: { onChange: (id: string) => void }) => {
  const t = useTranslations("staffLaw");
  const locale = useLocale();
  const query = useInfiniteQuery(changesQuery());
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <ListFrame query={query} count={items.length} empty={{ title: t("noChanges"), text: t("noChangesText") }}>
      <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface">
        {items.map((change) => (
          <li key={change.id}>
            <button
              type="button"
              onClick={() => onChange(change.id)}
              className="grid w-full gap-1 p-4 text-left hover:bg-primary-soft md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_auto] md:gap-4"
            >
              <span>
                <span className="font-medium text-ink">{change.title || change.kind_label}</span>
                <span className="block text-sm text-muted">
                  {change.title && `${change.kind_label} · `}
                  {change.author.full_name}
                </span>
              </span>
              <span className="text-sm">
                {t("switchOn", { date: formatDate(change.switch_on, locale, "from") })}
              </span>
              <span>
                <ChangeStatusBadge change={change} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </ListFrame>
  );
};
