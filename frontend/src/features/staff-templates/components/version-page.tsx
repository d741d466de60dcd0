"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { Facts } from "@/components/desk/facts";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Panel } from "@/components/desk/panel";
import { Tabs } from "@/components/desk/tabs";
import { ProblemState } from "@/components/state-panels";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatBytes } from "@/lib/file-size";
import { formatDate, formatDateTime } from "@/lib/format";
import { useUrlFilters } from "@/lib/use-url-filters";

import { versionQuery } from "../queries";
import { type Part, PARTS, type Version } from "../types";
import { DifferencePanel } from "./difference-panel";
import { PreviewPanel } from "./preview-panel";
import { ProblemList } from "./problem-list";
import { RemarksPanel } from "./remarks-panel";
import { VariablesButton } from "./variables-window";
import { VersionActions } from "./version-actions";
import { VersionStatus } from "./version-status";

const FILTERS = ["part"] as const;

/** One edition: what it is, what a lawyer has to look at, how it looks, what it changes, and what may be done with it. */
export const VersionPage = ({ versionId, today }: { versionId: string; today: string }) => {
  const t = useTranslations("staffTemplates");
  const common = useTranslations("common");
  const query = useQuery(versionQuery(versionId));
  const { get, set } = useUrlFilters(FILTERS);
  const part: Part = PARTS.find((name) => name === get("part")) ?? "overview";
  const version = query.data;
  if (query.error && !version) {
    return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!version) {
    return (
      <Loading label={common("loading")} className="p-4">
        <Skeleton className="h-64" />
      </Loading>
    );
  }
  return (
    <Desk>
      <PageHead
        title={version.title}
        back={{ href: `/staff/templates/${version.code}`, label: t("editions") }}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            {t(`language.${version.language}`)} · {t("editionOf", { number: version.version })}
            <VersionStatus version={version} />
          </span>
        }
        actions={
          <>
            <VariablesButton code={version.code} />
            <VersionActions version={version} today={today} />
          </>
        }
      />
      <Tabs
        label={t("parts")}
        value={part}
        tabs={PARTS.map((value) => ({ value, label: t(`part.${value}`) }))}
        onValue={(value) => set({ part: value })}
      />
      {part === "overview" && <Overview version={version} />}
      {part === "preview" && <PreviewPanel version={version} />}
      {part === "changes" && <DifferencePanel version={version} />}
    </Desk>
  );
};

const Overview = ({ version }: { version: Version }) => {
  const t = useTranslations("staffTemplates");
  const locale = useLocale();
  const from = version.effective_from ? formatDate(version.effective_from, locale, "from") : "";
  const to = version.effective_to ? formatDate(version.effective_to, locale, "until") : "";
  const decided = version.decided_by && version.decided_at;
  return (
    <>
      <Panel title={t("about")}>
        <Facts
          items={[
            { label: t("field.author"), value: version.author?.full_name ?? t("product") },
            { label: t("field.uploaded"), value: formatDateTime(version.created_at, locale) },
            { label: t("field.note"), value: version.note },
            { label: t("field.period"), value: to ? t("period", { from, to }) : from },
            {
              label: t("field.decided"),
              value:
                decided && version.decided_by && version.decided_at
                  ? `${version.decided_by.full_name}, ${formatDateTime(version.decided_at, locale)}`
                  : "",
            },
            { label: t("field.decision"), value: version.decision_note },
            {
              label: t("field.file"),
              value: `${version.file_name}, ${formatBytes(version.size, locale)}`,
            },
          ]}
        />
      </Panel>
      {version.remarks.length > 0 && <RemarksPanel version={version} />}
      <Panel title={t("problems.title")}>
        {version.problems.length > 0 ? (
          <ProblemList problems={version.problems} />
        ) : (
          <p className="text-muted">{t("problems.none")}</p>
        )}
      </Panel>
    </>
  );
};
