"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";

import { errorAt } from "@/lib/field-errors";
import { TermsFields } from "@/components/offers/terms-fields";
import { CheckboxCards, RadioCards } from "@/components/ui/choices";
import { DateInput } from "@/components/ui/masked-inputs";
import { Select, TextArea, TextInput } from "@/components/ui/text-input";

import type { TypedAnswer } from "../answer";
import { roomListsQuery } from "../queries";
import type { AnswerKind } from "../types";
import { AnswerFile } from "./answer-file";

interface AnswerFieldsProps {
  value: TypedAnswer;
  onValue: (value: TypedAnswer) => void;
  /** Kinds of answers that are possible now. */
  kinds: readonly AnswerKind[];
  error: unknown;
  /** What is answered: a letter, or several at once. */
  about: string;
  /** Where the server looks for the answer in the body. */
  prefix?: string;
}

/** The form of an answer: what is chosen first decides what else is asked. */
export const AnswerFields = ({ value, onValue, kinds, error, about, prefix = "" }: AnswerFieldsProps) => {
  const t = useTranslations("room.answer");
  const common = useTranslations("common");
  const id = useId();
  const { data: lists } = useQuery(roomListsQuery);
  const at = (pointer: string) => errorAt(error, `${prefix}${pointer}`);
  const set = (change: Partial<TypedAnswer>) => onValue({ ...value, ...change });
  const papers = (lists?.papers ?? []).map(({ code, label }) => ({ value: code, label }));
  return (
    <div className="flex flex-col gap-5">
      <RadioCards
        id={`${id}-kind`}
        label={t("kind")}
        name={`${id}-kind`}
        value={value.kind}
        error={at("kind")}
        choices={kinds.map((kind) => ({
          value: kind,
          label: t(`kinds.${kind}`),
          help: t(`kindHelp.${kind}`),
        }))}
        onValueChange={(kind) => set({ kind: kinds.find((one) => one === kind) ?? value.kind })}
      />
      {value.kind === "offer" && (
        <>
          <TermsFields
            id={id}
            value={value.terms}
            onValue={(terms) => set({ terms })}
            errorOf={(name) => at(`terms/${name}`) ?? (name === "term_months" ? at("terms") : undefined)}
          />
          <DateInput
            id={`${id}-valid`}
            label={t("validUntil")}
            help={t("validUntilHelp")}
            error={at("valid_until")}
            value={value.validUntil}
            onValueChange={(validUntil) => set({ validUntil })}
          />
        </>
      )}
      {value.kind === "papers" && (
        <>
          <CheckboxCards
            id={`${id}-papers`}
            label={t("papers")}
            name={`${id}-papers`}
            values={value.papers}
            choices={papers}
            error={at("papers")}
            onValuesChange={(chosen) => set({ papers: chosen })}
          />
          {value.papers.includes("OTHER") && (
            <TextInput
              id={`${id}-other`}
              label={t("otherPaper")}
              maxLength={300}
              error={at(`papers/${value.papers.indexOf("OTHER")}/text`)}
              value={value.otherPaper}
              onChange={(event) => set({ otherPaper: event.target.value })}
            />
          )}
        </>
      )}
      {value.kind === "refuse" && (
        <Select
          id={`${id}-reason`}
          label={t("reason")}
          error={at("reason_code")}
          value={value.reason}
          onChange={(event) => set({ reason: event.target.value })}
        >
          <option value="">{t("chooseReason")}</option>
          {(lists?.reasons ?? []).map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </Select>
      )}
      <TextArea
        id={`${id}-words`}
        label={value.kind === "refuse" ? t("refusalWords") : t("words")}
        help={value.kind === "refuse" ? t("refusalHelp") : t("wordsHelp")}
        optional={value.kind === "refuse" ? undefined : common("optional")}
        error={at("words")}
        rows={4}
        maxLength={4000}
        value={value.words}
        onChange={(event) => set({ words: event.target.value })}
      />
      <TextInput
        id={`${id}-number`}
        label={t("outgoingNumber")}
        optional={common("optional")}
        width="medium"
        maxLength={60}
        autoComplete="off"
        error={at("outgoing_number")}
        value={value.outgoingNumber}
        onChange={(event) => set({ outgoingNumber: event.target.value })}
      />
      <AnswerFile
        slot={`answer:${about}`}
        name={value.fileName}
        error={at("file_id")}
        onFile={(fileId, fileName) => set({ fileId, fileName })}
      />
    </div>
  );
};
