"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { CheckboxCards } from "@/components/ui/choices";
import { Select } from "@/components/ui/text-input";

import { batchKindsQuery, useBatchStart } from "../../batches";
import type { Selection } from "../../list-mutations";
import { JobProgress } from "../jobs/job-progress";

const FORMS = ["pdf", "docx", "pdfa"] as const;
const LANGUAGES = ["ru", "kk"] as const;

interface DocumentsDialogProps {
  selection: Selection;
  onClose: () => void;
}

/** One kind of document for all chosen cases; the work goes on when the window is closed. */
export const DocumentsDialog = ({ selection, onClose }: DocumentsDialogProps) => {
  const t = useTranslations("caseList.documents");
  const { data, error } = useQuery(batchKindsQuery);
  const [code, setCode] = useState("");
  const [forms, setForms] = useState<readonly string[]>(["pdf"]);
  const [languages, setLanguages] = useState<readonly string[]>(LANGUAGES);
  const start = useBatchStart(selection);
  const kind = data?.items.find((item) => item.code === code);
  const job = start.data;
  return (
    <FormDialog
      title={t("title")}
      lead={job ? undefined : t("lead")}
      submitLabel={job ? t("leave") : t("submit")}
      busy={start.isPending}
      isDone={job !== undefined}
      error={start.error ?? error}
      onSubmit={() => {
        if (job) onClose();
        else if (code) start.mutate({ code, forms, languages });
      }}
      onClose={onClose}
    >
      {job ? (
        <JobProgress jobId={job.id} />
      ) : (
        <>
          <Select
            id="batch-kind"
            label={t("kind")}
            help={kind?.purpose}
            value={code}
            required
            onChange={(event) => setCode(event.target.value)}
          >
            <option value="">{t("choose")}</option>
            {data?.items.map((item) => (
              <option key={item.code} value={item.code}>
                {item.title}
              </option>
            ))}
          </Select>
          {kind && kind.asks.length > 0 && (
            <p className="text-sm text-muted">{t("asks", { asks: kind.asks.join(" ") })}</p>
          )}
          <CheckboxCards
            id="batch-forms"
            name="forms"
            label={t("forms")}
            values={forms}
            choices={FORMS.map((value) => ({ value, label: t(value) }))}
            onValuesChange={setForms}
          />
          <CheckboxCards
            id="batch-languages"
            name="languages"
            label={t("languages")}
            values={languages}
            choices={LANGUAGES.map((value) => ({ value, label: t(value) }))}
            onValuesChange={setLanguages}
          />
        </>
      )}
    </FormDialog>
  );
};
