"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { LawyerMark } from "@/components/desk/lawyer-mark";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Panel } from "@/components/desk/panel";
import { EmptyState, ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDate, formatDateTime } from "@/lib/format";
import { Link, useRouter } from "@/lib/i18n/navigation";

import { kindQuery } from "../queries";
import type { TemplateKindDetail, TemplateLanguage, VersionBrief } from "../types";
import { UploadWindow } from "./upload-window";
import { VariablesButton } from "./variables-window";
import { VersionStatus } from "./version-status";

/** One kind of document: its templates by language, each with all editions as a timeline. */
export const KindPage = ({ code }: { code: string }) => {
  const t = useTranslations("staffTemplates");
  const common = useTranslations("common");
  const query = useQuery(kindQuery(code));
  const kind = query.data;
  if (query.error && !kind) {
    return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!kind) {
    return (
      <Loading label={common("loading")} className="p-4">
        <Skeleton className="h-64" />
      </Loading>
    );
  }
  return (
    <Desk>
      <PageHead
        title={kind.title}
        back={{ href: "/staff/templates", label: t("title") }}
        lead={
          <span className="flex flex-col items-start gap-1">
            {kind.purpose}
            {kind.needs_review && <LawyerMark />}
          </span>
        }
        actions={<VariablesButton code={code} />}
      />
      {kind.templates.map((template) => (
        <Editions key={template.language} kind={kind} template={template} />
      ))}
    </Desk>
  );
};

const Editions = ({ kind, template }: { kind: TemplateKindDetail; template: TemplateLanguage }) => {
  const t = useTranslations("staffTemplates");
  const router = useRouter();
  const [isUploading, setUploading] = useState(false);
  const versions = kind.versions.filter(({ language }) => language === template.language);
  const language = t(`language.${template.language}`);
  return (
    <Panel
      title={language}
      action={
        kind.can_upload && (
          <Button size="dense" className="max-sm:min-h-11" onClick={() => setUploading(true)}>
            {t("upload.button")}
          </Button>
        )
      }
    >
      {versions.length === 0 ? (
        <EmptyState title={t("noEditions")} text={t("noEditionsText")} />
      ) : (
        <ol className="flex flex-col">
          {versions.map((version) => (
            <Edition key={version.id} version={version} />
          ))}
        </ol>
      )}
      {isUploading && (
        <UploadWindow
          title={t("upload.title", { language })}
          place={{ code: kind.code, language: template.language }}
          onDone={({ id }) => router.push(`/staff/templates/versions/${id}`)}
          onClose={() => setUploading(false)}
        />
      )}
    </Panel>
  );
};

const Edition = ({ version }: { version: VersionBrief }) => {
  const t = useTranslations("staffTemplates");
  const locale = useLocale();
  const from = version.effective_from && formatDate(version.effective_from, locale, "from");
  const to = version.effective_to && formatDate(version.effective_to, locale, "until");
  const who = version.author?.full_name ?? t("product");
  return (
    <li className="relative flex flex-col gap-1 border-l-2 border-line pb-5 pl-4 last:pb-0">
      <span aria-hidden className="absolute top-2 -left-[5px] size-2 rounded-full bg-primary" />
      <p className="flex flex-wrap items-center gap-2">
        <Link
          href={`/staff/templates/versions/${version.id}`}
          prefetch={false}
          className="font-semibold text-primary hover:underline"
        >
          {t("editionOf", { number: version.version })}
        </Link>
        <VersionStatus version={version} />
      </p>
      <p className="text-sm text-muted">
        {who} · {formatDateTime(version.created_at, locale)}
      </p>
      {from && (
        <p className="text-sm text-text">{to ? t("period", { from, to }) : t("since", { date: from })}</p>
      )}
      {version.note && <p className="text-sm text-text">{version.note}</p>}
      {version.state === "rejected" && version.decision_note && (
        <p className="text-sm text-danger">{t("sentBack", { note: version.decision_note })}</p>
      )}
      {version.state === "proposed" && version.remarks_open > 0 && (
        <p className="text-sm text-warning">{t("remarks.open", { count: version.remarks_open })}</p>
      )}
    </li>
  );
};
