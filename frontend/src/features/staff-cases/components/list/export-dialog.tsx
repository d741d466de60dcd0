"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { codeIn } from "@/lib/story-codes";

import { type Selection, useExportStart } from "../../list-mutations";
import type { ListJob } from "../../types";
import { JobProgress } from "../jobs/job-progress";
import { OneChoice } from "./chip-choices";

const FORMATS = ["xlsx", "csv"] as const;

interface ExportDialogProps {
  selection: Selection;
  sort: string;
  columns: readonly string[];
  onClose: () => void;
}

/** The chosen cases as a file: the columns that are shown, masked as they are shown. */
export const ExportDialog = ({ selection, sort, columns, onClose }: ExportDialogProps) => {
  const t = useTranslations("caseList.export");
  const [format, setFormat] = useState<(typeof FORMATS)[number]>("xlsx");
  const [job, setJob] = useState<ListJob | null>(null);
  const start = useExportStart(selection, setJob);
  return (
    <FormDialog
      title={t("title")}
      lead={job ? undefined : t("lead")}
      submitLabel={job ? t("leave") : t("submit")}
      busy={start.isPending}
      isDone={job !== null}
      error={start.error}
      onSubmit={() => (job ? onClose() : start.mutate({ format, sort, columns }))}
      onClose={onClose}
    >
      {job ? (
        <JobProgress jobId={job.id} />
      ) : (
        <fieldset>
          <legend className="text-sm text-muted">{t("format")}</legend>
          <OneChoice
            choices={FORMATS.map((value) => ({ value, label: t(value) }))}
            value={format}
            onValue={(value) => setFormat(codeIn(FORMATS, value) ?? "xlsx")}
          />
        </fieldset>
      )}
    </FormDialog>
  );
};
