"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { CheckboxCards } from "@/components/ui/choices";
import { DateInput } from "@/components/ui/masked-inputs";
import { Select, TextArea } from "@/components/ui/text-input";
import { parseTypedDate } from "@/lib/dates";

import { URGENCIES } from "../../codes";
import { choicesQuery } from "../../list-queries";
import { managersQuery } from "../../queries";
import type { BulkName } from "./bulk-dialog";

export interface BulkForm {
  assignee: string;
  reason: string;
  outcome: string;
  resumeOn: string;
  kinds: readonly string[];
  tag: string;
  urgency: string;
}

export const EMPTY_FORM: BulkForm = {
  assignee: "",
  reason: "",
  outcome: "",
  resumeOn: "",
  kinds: [],
  tag: "",
  urgency: "1",
};

const POOL = "pool";

/** The form in the words of the API. */
export const toParams = (action: BulkName, form: BulkForm): Record<string, unknown> => {
  const reason = form.reason.trim();
  switch (action) {
    case "assign":
      return form.assignee === "" ? {} : { assignee_id: form.assignee === POOL ? null : form.assignee };
    case "add_tag":
    case "remove_tag":
      return form.tag ? { tag_id: form.tag } : {};
    case "take":
      return {};
    case "activate":
      return { reason, track_kinds: form.kinds };
    case "close":
      return { reason, outcome: form.outcome };
    case "raise_urgency":
      return { reason, urgency: Number(form.urgency) };
    case "suspend":
      return { reason, resume_on: parseTypedDate(form.resumeOn) || null };
    default:
      return { reason };
  }
};

interface BulkFieldsProps {
  action: BulkName;
  form: BulkForm;
  errorOf: (field: string) => string | undefined;
  onForm: (form: BulkForm) => void;
}

const Assignee = ({ form, errorOf, onForm }: BulkFieldsProps) => {
  const t = useTranslations("caseList.bulk");
  const { data } = useQuery(managersQuery);
  return (
    <Select
      id="bulk-assignee"
      label={t("assignee")}
      value={form.assignee}
      error={errorOf("assignee_id")}
      onChange={(event) => onForm({ ...form, assignee: event.target.value })}
    >
      <option value="">{t("choose")}</option>
      {data?.items.map((person) => (
        <option key={person.id} value={person.id}>
          {person.full_name}
        </option>
      ))}
      <option value={POOL}>{t("pool")}</option>
    </Select>
  );
};

/** What a change of many cases asks for: the same words and days as on the page of one case. */
export const BulkFields = (props: BulkFieldsProps) => {
  const { action, form, errorOf, onForm } = props;
  const t = useTranslations("caseList.bulk");
  const urgencies = useTranslations("staff.urgency");
  const { data } = useQuery(choicesQuery);
  const set = (change: Partial<BulkForm>) => onForm({ ...form, ...change });
  if (action === "take") return null;
  if (action === "assign") return <Assignee {...props} />;
  if (action === "add_tag" || action === "remove_tag") {
    return (
      <Select
        id="bulk-tag"
        label={t("tag")}
        value={form.tag}
        error={errorOf("tag_id")}
        onChange={(event) => set({ tag: event.target.value })}
      >
        <option value="">{t("choose")}</option>
        {data?.tags.map((tag) => (
          <option key={tag.value} value={tag.value}>
            {tag.label}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <>
      {action === "activate" && (
        <CheckboxCards
          id="bulk-kinds"
          name="bulk-kinds"
          label={t("kinds")}
          values={form.kinds}
          choices={data?.track_kinds ?? []}
          onValuesChange={(kinds) => set({ kinds })}
        />
      )}
      {action === "close" && (
        <Select
          id="bulk-outcome"
          label={t("outcome")}
          value={form.outcome}
          error={errorOf("outcome")}
          onChange={(event) => set({ outcome: event.target.value })}
        >
          <option value="">{t("choose")}</option>
          {data?.outcomes.map((outcome) => (
            <option key={outcome.value} value={outcome.value}>
              {outcome.label}
            </option>
          ))}
        </Select>
      )}
      {action === "raise_urgency" && (
        <Select
          id="bulk-urgency"
          label={t("urgency")}
          value={form.urgency}
          error={errorOf("urgency")}
          onChange={(event) => set({ urgency: event.target.value })}
        >
          {URGENCIES.slice(0, 3).map((code) => (
            <option key={code} value={code}>
              {urgencies(code)}
            </option>
          ))}
        </Select>
      )}
      {action === "suspend" && (
        <DateInput
          id="bulk-day"
          label={t("resumeOn")}
          value={form.resumeOn}
          error={errorOf("resume_on")}
          onValueChange={(resumeOn) => set({ resumeOn })}
        />
      )}
      <TextArea
        id="bulk-reason"
        label={t(`reason.${action}`)}
        rows={3}
        maxLength={1000}
        value={form.reason}
        error={errorOf("reason")}
        onChange={(event) => set({ reason: event.target.value })}
      />
    </>
  );
};
