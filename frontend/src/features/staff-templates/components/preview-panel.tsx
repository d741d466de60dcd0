"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { Panel } from "@/components/desk/panel";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Button, buttonStyles } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Select, TextInput } from "@/components/ui/text-input";
import { apiUrl } from "@/lib/api-client";
import { isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { trialQuery, useTrial } from "../queries";
import type { Sample, Trial, Version } from "../types";
import { ProblemList } from "./problem-list";

const SAMPLES = ["whole", "required", "case"] as const;

/** The template filled with made-up data or with a case: pages as they will be printed, and the files. */
export const PreviewPanel = ({ version }: { version: Version }) => {
  const t = useTranslations("staffTemplates.preview");
  const query = useQuery(trialQuery(version.id));
  const trial = query.data?.items[0];
  if (query.error && !query.data) {
    return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <Panel title={t("title")}>
      <TrialForm
        versionId={version.id}
        isMaking={trial?.status === "queued" || trial?.status === "running"}
      />
      {trial ? <TrialView trial={trial} title={version.title} /> : <p className="text-muted">{t("none")}</p>}
    </Panel>
  );
};

const TrialForm = ({ versionId, isMaking }: { versionId: string; isMaking: boolean }) => {
  const t = useTranslations("staffTemplates.preview");
  const describe = useProblemText();
  const id = useId();
  const [sample, setSample] = useState<Sample>("whole");
  const [number, setNumber] = useState("");
  const make = useTrial(versionId);
  const atField = isProblem(make.error) ? make.error.fieldError("/case_number") : undefined;
  const send = () => make.mutate(sample === "case" ? { sample, case_number: number.trim() } : { sample });
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {Boolean(make.error) && !atField && (
        <Alert tone="danger" live>
          {describe(make.error)}
        </Alert>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <Select
          id={`${id}-sample`}
          label={t("sample.label")}
          className="min-w-64"
          value={sample}
          onChange={(event) => setSample(SAMPLES.find((one) => one === event.target.value) ?? "whole")}
        >
          {SAMPLES.map((one) => (
            <option key={one} value={one}>
              {t(`sample.${one}`)}
            </option>
          ))}
        </Select>
        {sample === "case" && (
          <TextInput
            id={`${id}-case`}
            label={t("caseNumber")}
            help={t("caseHelp")}
            error={atField?.detail}
            value={number}
            autoComplete="off"
            onChange={(event) => setNumber(event.target.value)}
          />
        )}
        <Button type="submit" busy={make.isPending || isMaking}>
          {t("make")}
        </Button>
      </div>
    </form>
  );
};

const TrialView = ({ trial, title }: { trial: Trial; title: string }) => {
  const t = useTranslations("staffTemplates.preview");
  const base = `/staff/templates/trials/${trial.id}`;
  if (trial.status === "queued" || trial.status === "running") {
    return (
      <Loading label={t("making")} className="flex flex-col gap-2">
        <p className="text-text">{t("making")}</p>
        <Skeleton className="h-96 max-w-3xl" />
      </Loading>
    );
  }
  if (trial.status === "failed") {
    return (
      <>
        <Alert tone="danger" live title={t("failed")} />
        {trial.failure && <ProblemList problems={[trial.failure]} />}
      </>
    );
  }
  return (
    <>
      <p className="text-sm text-muted">
        {trial.sample === "case" ? t("ofCase", { number: trial.case_number }) : t(`sample.${trial.sample}`)}
      </p>
      <div className="flex flex-wrap gap-2">
        {(["pdf", "docx"] as const).map((format) => (
          <a
            key={format}
            href={apiUrl(`${base}/file/`, { format })}
            download
            className={buttonStyles({ variant: "secondary", size: "dense", className: "max-sm:min-h-11" })}
          >
            {t(format)}
          </a>
        ))}
      </div>
      <ol className="flex max-w-3xl flex-col gap-4">
        {trial.pages.map(({ page, width, height }) => (
          <li key={page}>
            {/* Private pages come from the API with the person's cookie; the image optimiser could not fetch them. */}
            {/* eslint-disable-next-line @next/next/no-img-element */}
            <img
              src={apiUrl(`${base}/pages/${page}/`)}
              width={width}
              height={height}
              alt={t("page", { title, page, total: trial.pages.length })}
              loading={page > 2 ? "lazy" : "eager"}
              className="h-auto w-full rounded-sm border border-line bg-[white]"
            />
          </li>
        ))}
      </ol>
    </>
  );
};
