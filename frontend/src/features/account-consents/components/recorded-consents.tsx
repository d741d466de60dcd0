"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleSlash, FileQuestion } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextArea } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { formatDate, formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";
import { isProblem } from "@/lib/problem";

import { useAnswerRecorded } from "../mutations";
import { recordedConsentsQuery } from "../queries";
import type { RecordedConsent } from "../types";

const ObjectDialog = ({ record, onClose }: { record: RecordedConsent; onClose: () => void }) => {
  const t = useTranslations("consentsPage.recorded.object");
  const id = useId();
  const toast = useToast();
  const [words, setWords] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const answer = useAnswerRecorded(record.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  const fromServer = isProblem(answer.error) ? answer.error.fieldError("/words")?.detail : undefined;
  const send = () => {
    setEmpty(words.trim() === "");
    if (words.trim()) answer.mutate({ agreed: false, words: words.trim() });
  };
  return (
    <ConfirmDialog
      title={t("title")}
      submitLabel={t("submit")}
      busy={answer.isPending}
      error={fromServer ? null : answer.error}
      onConfirm={send}
      onClose={onClose}
    >
      <p className="measure">{t("lead")}</p>
      <TextArea
        id={id}
        label={t("words")}
        rows={3}
        maxLength={1000}
        className="[&_textarea]:min-h-24"
        error={isEmpty ? t("missing") : fromServer}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setEmpty(false);
        }}
      />
    </ConfirmDialog>
  );
};

const Standing = ({ record }: { record: RecordedConsent }) => {
  const t = useTranslations("consentsPage.recorded");
  const locale = useLocale();
  if (record.confirmed_at) {
    return (
      <p className="flex items-start gap-2 font-medium text-success">
        <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
        {t("confirmed", { when: formatDateTime(record.confirmed_at, locale) })}
      </p>
    );
  }
  if (record.objected_at) {
    return (
      <>
        <p className="flex items-start gap-2 font-medium text-danger">
          <CircleSlash aria-hidden className="mt-0.5 size-5 shrink-0" />
          {t("objected", { when: formatDateTime(record.objected_at, locale) })}
        </p>
        <p className="measure whitespace-pre-line">{record.objection}</p>
      </>
    );
  }
  return (
    <p className="flex items-start gap-2 font-medium text-warning">
      <FileQuestion aria-hidden className="mt-0.5 size-5 shrink-0" />
      {t("open")}
    </p>
  );
};

const Record = ({ record }: { record: RecordedConsent }) => {
  const t = useTranslations("consentsPage.recorded");
  const locale = useLocale();
  const toast = useToast();
  const [isObjecting, setObjecting] = useState(false);
  const confirm = useAnswerRecorded(record.id, () => toast.show("success", t("confirmDone")));
  return (
    <li className="flex flex-col gap-2 border-b border-line py-4 first:pt-0 last:border-0 last:pb-0">
      <p className="font-medium text-ink">
        {t("what", { way: record.given_by_label, date: formatDate(record.given_on, locale) })}
      </p>
      <p className="text-sm text-muted">
        {t("by", { name: record.recorded_by, when: formatDateTime(record.recorded_at, locale) })}
      </p>
      {record.note && <p className="measure whitespace-pre-line">{t("note", { note: record.note })}</p>}
      <Link
        href={record.case_number ? `/cases/${record.case_id}` : "/apply"}
        className="inline-flex min-h-11 items-center self-start font-medium text-primary underline underline-offset-4"
      >
        {record.case_number ? t("case", { number: record.case_number }) : t("draft")}
      </Link>
      <Standing record={record} />
      <ProblemAlert error={confirm.error} />
      {record.allowed_actions.includes("answer") && (
        <div className="flex flex-col gap-2 sm:flex-row">
          <Button busy={confirm.isPending} onClick={() => confirm.mutate({ agreed: true, words: "" })}>
            {t("confirm")}
          </Button>
          <Button variant="secondary" onClick={() => setObjecting(true)}>
            {t("object.open")}
          </Button>
        </div>
      )}
      {isObjecting && <ObjectDialog record={record} onClose={() => setObjecting(false)} />}
    </li>
  );
};

/** Consents that staff wrote down for the person: he says whether it was so. Nothing where there is none. */
export const RecordedConsents = () => {
  const t = useTranslations("consentsPage.recorded");
  const states = useTranslations("states");
  const { data, error, refetch } = useQuery(recordedConsentsQuery);
  if (error && !data) {
    return (
      <Card className="flex flex-col gap-3">
        <ProblemAlert error={error} />
        <Button variant="secondary" className="self-start" onClick={() => void refetch()}>
          {states("retry")}
        </Button>
      </Card>
    );
  }
  if (!data || data.items.length === 0) return null;
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold">{t("title")}</h2>
        <p className="measure text-muted">{t("lead")}</p>
      </div>
      <ul className="flex flex-col">
        {data.items.map((record) => (
          <Record key={record.id} record={record} />
        ))}
      </ul>
    </Card>
  );
};
