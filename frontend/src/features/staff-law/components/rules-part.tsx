"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { LawyerMark } from "@/components/desk/lawyer-mark";
import { ListFrame } from "@/components/desk/list-frame";
import { Badge } from "@/components/ui/badge";

import { rulesQuery } from "../queries";

/** Every rule in one line: from which event, how long, who is bound. */
export const RulesPart = ({ onRule }: { onRule: (key: string) => void }) => {
  const t = useTranslations("staffLaw");
  const query = useQuery(rulesQuery);
  const rules = query.data?.items ?? [];
  return (
    <ListFrame query={query} count={rules.length} empty={{ title: t("noRules") }}>
      <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface">
        {rules.map((rule) => (
          <li key={rule.key}>
            <button
              type="button"
              onClick={() => onRule(rule.key)}
              className="grid w-full gap-1 p-4 text-left hover:bg-primary-soft md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)] md:gap-4"
            >
              <span>
                <span className="font-medium text-ink">{rule.title}</span>
                <span className="block text-sm text-muted">{rule.starts_on_label}</span>
              </span>
              <span>{rule.length || t("noLength")}</span>
              <span className="flex flex-wrap items-center gap-1.5 text-sm">
                {rule.bound_label}
                {rule.critical && <Badge tone="danger">{t("critical")}</Badge>}
                {!rule.in_force && <Badge>{t("notInForce")}</Badge>}
                {rule.needs_review && <LawyerMark />}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </ListFrame>
  );
};
