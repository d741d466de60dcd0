"use client";

import { FileDown, FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button, buttonStyles } from "@/components/ui/button";
import { apiUrl } from "@/lib/api-client";
import { Link, useRouter } from "@/lib/i18n/navigation";
import { isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { type ImportJob, useImportPreview, useImportStart } from "../queries";
import { ImportErrors } from "./import-errors";

const FORMATS = ["xlsx", "csv"] as const;

/** Three steps on one page: the template, a look at the file, bringing it in. Nothing is brought in by halves. */
export const ImportPage = () => {
  const t = useTranslations("caseImport");
  const describe = useProblemText();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [job, setJob] = useState<ImportJob | null>(null);
  const [name, setName] = useState("");
  const look = useImportPreview(setJob);
  const start = useImportStart((started) => router.push(`/staff/cases/jobs/${started.id}`));
  const error = look.error ?? start.error;
  const known = isProblem(error) && error.code === "case.import_known" ? String(error.extra.job_id) : null;
  return (
    <div className="flex max-w-4xl flex-col gap-5 p-4">
      <header className="flex flex-col gap-1">
        <Link href="/staff/cases" className="self-start text-primary hover:underline">
          {t("back")}
        </Link>
        <h1 className="text-lg font-semibold">{t("title")}</h1>
        <p className="text-text">{t("lead")}</p>
      </header>
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">{t("template")}</h2>
        <p className="text-muted">{t("templateHelp")}</p>
        <p className="flex flex-wrap gap-2">
          {FORMATS.map((format) => (
            <a
              key={format}
              download
              href={apiUrl("/cases/imports/template/", { format })}
              className={buttonStyles({ variant: "secondary", size: "dense" })}
            >
              <FileDown aria-hidden className="size-4" />
              {t(`download.${format}`)}
            </a>
          ))}
        </p>
      </section>
      <section className="flex flex-col gap-3">
        <h2 className="font-semibold">{t("file")}</h2>
        <p className="text-muted">{t("fileHelp")}</p>
        <input
          ref={input}
          type="file"
          accept=".xlsx,.csv"
          className="sr-only"
          tabIndex={-1}
          aria-label={t("choose")}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (!file) return;
            setName(file.name);
            setJob(null);
            start.reset();
            look.mutate(file);
          }}
        />
        <Button
          variant={job && job.failed === 0 ? "secondary" : "primary"}
          size="dense"
          busy={look.isPending}
          onClick={() => input.current?.click()}
          className="self-start"
        >
          <FileUp aria-hidden className="size-4" />
          {job ? t("chooseOther") : t("choose")}
        </Button>
        {error && (
          <Alert tone="danger" live>
            <p>{describe(error)}</p>
            {known && (
              <Link href={`/staff/cases/jobs/${known}`} className="font-medium underline">
                {t("known")}
              </Link>
            )}
          </Alert>
        )}
        {job && job.failed > 0 && (
          <>
            <Alert tone="warning" title={t("wrongTitle", { count: job.failed, total: job.total })} live>
              <p>{t("wrongText")}</p>
            </Alert>
            <ImportErrors jobId={job.id} />
          </>
        )}
        {job && job.failed === 0 && (
          <>
            <Alert tone="success" title={t("rightTitle", { count: job.total })} live>
              <p>{t("rightText", { name })}</p>
            </Alert>
            <Button busy={start.isPending} onClick={() => start.mutate(job.id)} className="self-start">
              {t("start")}
            </Button>
          </>
        )}
      </section>
    </div>
  );
};
