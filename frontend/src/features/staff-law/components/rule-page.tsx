"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Facts } from "@/components/desk/facts";
import { LawyerMark } from "@/components/desk/lawyer-mark";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Panel } from "@/components/desk/panel";
import { ProblemState } from "@/components/state-panels";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDate } from "@/lib/format";

import { ruleQuery } from "../queries";
import type { Edition, LawChange } from "../types";
import { CloseDialog } from "./close-dialog";
import { EditionDialog } from "./edition-dialog";

interface RulePageProps {
  ruleKey: string;
  canPropose: boolean;
  today: string;
  onProposed: (changeId: string) => void;
  onBack: () => void;
}

/** One rule: its editions as a timeline, newest first, and a new one to propose. */
export const RulePage = ({ ruleKey, canPropose, today, onProposed, onBack }: RulePageProps) => {
  const t = useTranslations("staffLaw");
  const common = useTranslations("common");
  const query = useQuery(ruleQuery(ruleKey));
  const [window, setWindow] = useState<"edition" | "close" | null>(null);
  const rule = query.data;
  if (query.error && !rule) {
    return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!rule) {
    return (
      <Loading label={common("loading")} className="p-4">
        <Skeleton className="h-64" />
      </Loading>
    );
  }
  const made = ({ id }: LawChange) => onProposed(id);
  const latest = rule.editions[0];
  return (
    <Desk>
      <Button variant="quiet" size="dense" className="self-start" onClick={onBack}>
        <ArrowLeft aria-hidden className="size-4" />
        {t("part.rules")}
      </Button>
      <PageHead
        title={rule.title}
        lead={t("from", { event: rule.starts_on_label, who: rule.bound_label })}
        actions={
          canPropose && (
            <>
              <Button size="dense" className="max-sm:min-h-11" onClick={() => setWindow("edition")}>
                {t("newEdition")}
              </Button>
              <Button
                variant="secondary"
                size="dense"
                className="max-sm:min-h-11"
                onClick={() => setWindow("close")}
              >
                {t("closeRule")}
              </Button>
            </>
          )
        }
      />
      <Panel title={t("editions")}>
        <ol className="flex flex-col">
          {rule.editions.map((edition) => (
            <EditionItem key={edition.id} edition={edition} />
          ))}
        </ol>
      </Panel>
      {window === "edition" && latest && (
        <EditionDialog
          ruleKey={rule.key}
          edition={latest}
          today={today}
          onMade={made}
          onClose={() => setWindow(null)}
        />
      )}
      {window === "close" && (
        <CloseDialog ruleKey={rule.key} today={today} onMade={made} onClose={() => setWindow(null)} />
      )}
    </Desk>
  );
};

const TONES = { past: "neutral", current: "success", future: "info" } as const;

const EditionItem = ({ edition }: { edition: Edition }) => {
  const t = useTranslations("staffLaw");
  const locale = useLocale();
  const from = edition.valid_from ? formatDate(edition.valid_from, locale, "from") : t("always");
  const to = edition.valid_to ? formatDate(edition.valid_to, locale, "until") : t("open");
  return (
    <li className="relative flex flex-col gap-2 border-l-2 border-line pb-6 pl-4 last:pb-0">
      <span aria-hidden className="absolute top-1.5 -left-[5px] size-2 rounded-full bg-primary" />
      <p className="flex flex-wrap items-center gap-2">
        <span className="text-base font-semibold text-ink">{edition.length || t("noLength")}</span>
        <Badge tone={TONES[edition.state]}>{t(`state.${edition.state}`)}</Badge>
        {edition.needs_review && <LawyerMark />}
      </p>
      <Facts
        items={[
          { label: t("field.period"), value: `${from} – ${to}` },
          {
            label: t("field.running"),
            value: t(edition.for_running ? "forRunning" : "forNew"),
          },
          { label: t("field.extension"), value: edition.extension_amount || "" },
          { label: t("field.reminders"), value: edition.remind_at.join(", ") },
          {
            label: t("field.sources"),
            value: edition.source.map(({ title, reference }) => `${title}, ${reference}`).join("; "),
          },
          { label: t("field.explanation"), value: edition.explanation[locale] },
          { label: t("field.consequence"), value: edition.consequence[locale] },
        ]}
      />
    </li>
  );
};
