"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { LawyerMark } from "@/components/desk/lawyer-mark";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatDateTime } from "@/lib/format";

import { groupedDays, type RetentionRule, retentionQuery } from "../queries";
import { RuleDialog } from "./rule-dialog";

const RuleCard = ({ rule, onEdit }: { rule: RetentionRule; onEdit: () => void }) => {
  const t = useTranslations("retention");
  const locale = useLocale();
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4 md:flex-row md:items-start md:gap-6">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base font-semibold">
          {rule.title}
          {!rule.enabled && (
            <Badge tone="warning" className="text-xs">
              {t("off")}
            </Badge>
          )}
        </h2>
        <p className="measure text-muted">
          {rule.ground} {rule.needs_lawyer_review && <LawyerMark />}
        </p>
        <p className="text-xs text-muted">
          {rule.last_run_at
            ? t("lastRun", { at: formatDateTime(rule.last_run_at, locale), count: rule.last_count })
            : t("neverRun")}
        </p>
      </div>
      <div className="flex shrink-0 items-center justify-between gap-4 md:w-64">
        <p className="text-ink">
          <span className="block font-semibold">
            {t("days", { days: rule.days, shown: groupedDays(rule.days) })}
          </span>
          <span className="text-muted">{rule.action_label}</span>
        </p>
        <Button
          variant="secondary"
          size="dense"
          className="max-sm:min-h-11"
          aria-label={t("edit.buttonOf", { title: rule.title })}
          onClick={onEdit}
        >
          {t("edit.button")}
        </Button>
      </div>
    </li>
  );
};

/** How long each kind of data is kept and why; the rules run by themselves every night. */
export const RuleList = () => {
  const t = useTranslations("retention");
  const [editedKey, setEditedKey] = useState<string | null>(null);
  const query = useQuery(retentionQuery);
  const rules = query.data?.items ?? [];
  const edited = rules.find(({ key }) => key === editedKey);
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <ListFrame query={query} count={rules.length} empty={{ title: t("emptyTitle"), text: t("emptyText") }}>
        <ul className="flex flex-col gap-2">
          {rules.map((rule) => (
            <RuleCard key={rule.key} rule={rule} onEdit={() => setEditedKey(rule.key)} />
          ))}
        </ul>
      </ListFrame>
      {edited && <RuleDialog rule={edited} onClose={() => setEditedKey(null)} />}
    </Desk>
  );
};
