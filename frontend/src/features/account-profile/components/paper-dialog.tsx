"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { DateField, SelectField, TextField } from "@/components/form/fields";
import { Dialog } from "@/components/ui/dialog";

import { useFormWords } from "../hooks";
import { PAPER_KINDS, paperAnswers, paperPointers, withPaper } from "../papers";
import { paperSchema } from "../schemas";
import type { Profile, ProfilePaper } from "../types";
import { PartForm } from "./part-form";

interface PaperDialogProps {
  profile: Profile;
  /** Null for a new one. */
  paper: ProfilePaper | null;
  onClose: () => void;
}

/** A paper is written anew or mended; its number is never shown whole, so it is asked for only when it changes. */
export const PaperDialog = ({ profile, paper, onClose }: PaperDialogProps) => {
  const t = useTranslations("profile.papers");
  const common = useTranslations("common");
  const words = useFormWords();
  const free = PAPER_KINDS.filter((kind) => profile.papers.every((known) => known.kind !== kind));
  const [values] = useState(() => paperAnswers(paper, free[0] ?? "id_card"));
  const [kind, setKind] = useState(values.kind);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={paper ? t("changeTitle", { kind: t(`kinds.${paper.kind}`) }) : t("addTitle")}
      closeLabel={common("close")}
    >
      <PartForm
        profile={profile}
        close={onClose}
        values={values}
        schema={paperSchema(words, paper === null)}
        pointers={paperPointers(profile.papers, kind)}
        toChanges={(answers) => {
          setKind(answers.kind);
          return { papers: withPaper(profile.papers, answers) };
        }}
      >
        {(field) => (
          <>
            {!paper && (
              <SelectField {...field("kind")} label={t("kind")}>
                {free.map((item) => (
                  <option key={item} value={item}>
                    {t(`kinds.${item}`)}
                  </option>
                ))}
              </SelectField>
            )}
            <TextField
              {...field("number")}
              label={t("number")}
              help={paper ? t("numberKept", { number: paper.masked_number }) : undefined}
              isOptional={paper !== null}
              maxLength={40}
              width="medium"
            />
            <TextField
              {...field("issued_by")}
              label={t("issuedBy")}
              help={t("issuedByHelp")}
              isOptional
              maxLength={200}
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <DateField {...field("issued_on")} label={t("issuedOn")} isOptional />
              <DateField {...field("valid_until")} label={t("validUntil")} isOptional />
            </div>
          </>
        )}
      </PartForm>
    </Dialog>
  );
};
