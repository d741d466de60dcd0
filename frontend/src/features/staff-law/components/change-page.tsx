"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { Facts } from "@/components/desk/facts";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Panel } from "@/components/desk/panel";
import { ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDate, formatDateTime } from "@/lib/format";

import { changeQuery } from "../queries";
import { ChangeActions } from "./change-actions";
import { ChangeContent } from "./change-content";
import { ChangeStatusBadge } from "./change-status";
import { ImpactPanel } from "./impact-panel";

/** One proposal: what it says, who wrote and who approved it, and what it does to open cases. */
export const ChangePage = ({ changeId, onBack }: { changeId: string; onBack: () => void }) => {
  const t = useTranslations("staffLaw");
  const common = useTranslations("common");
  const locale = useLocale();
  const query = useQuery(changeQuery(changeId));
  const change = query.data;
  if (query.error && !change) {
    return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!change) {
    return (
      <Loading label={common("loading")} className="p-4">
        <Skeleton className="h-64" />
      </Loading>
    );
  }
  const decided = change.decided_by && change.decided_at;
  return (
    <Desk>
      <Button variant="quiet" size="dense" className="self-start" onClick={onBack}>
        <ArrowLeft aria-hidden className="size-4" />
        {t("part.changes")}
      </Button>
      <PageHead
        title={change.title || change.kind_label}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            {change.title && change.kind_label}
            <ChangeStatusBadge change={change} />
          </span>
        }
        actions={<ChangeActions change={change} />}
      />
      <Panel title={t("says")}>
        <ChangeContent change={change} />
        <Facts
          items={[
            { label: t("field.reason"), value: change.reason },
            { label: t("field.switchOn"), value: formatDate(change.switch_on, locale) },
            {
              label: t("field.author"),
              value: `${change.author.full_name}, ${formatDateTime(change.created_at, locale)}`,
            },
            {
              label: t("field.decided"),
              value:
                decided && change.decided_by && change.decided_at
                  ? `${change.decided_by.full_name}, ${formatDateTime(change.decided_at, locale)}`
                  : "",
            },
            { label: t("field.note"), value: change.decision_note },
          ]}
        />
      </Panel>
      <ImpactPanel change={change} />
    </Desk>
  );
};
