"use client";

import { useTranslations } from "next-intl";

import { CheckedForm } from "@/components/form/checked-form";
import { ChoicesField, DateField, TextField } from "@/components/form/fields";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useDeviceDraft } from "@/lib/use-device-draft";

import { answersOf, entrySchema, entryShape, type EntryWords, toInput } from "../entry";
import { useWriteEntry } from "../mutations";
import type { Specialisation, Specialist, SpecialistKind } from "../types";

interface EntryFormProps {
  personId: string;
  kind: SpecialistKind;
  entry: Specialist | null;
  catalogue: readonly Specialisation[];
  onDone: () => void;
}

const useWords = (): EntryWords => {
  const form = useTranslations("account.form");
  const t = useTranslations("specialist.form");
  return {
    required: form("required"),
    tooLong: form("tooLong"),
    chooseOne: form("chooseOne"),
    date: form("date"),
    order: t("order"),
  };
};

/** What stands in the register. Half-filled answers stay on the device until they are saved. */
export const EntryForm = ({ personId, kind, entry, catalogue, onDone }: EntryFormProps) => {
  const t = useTranslations("specialist.form");
  const common = useTranslations("common");
  const toast = useToast();
  const words = useWords();
  const { draft, keep, forget } = useDeviceDraft(
    `specialist.${kind}.${entry?.version ?? 0}`,
    personId,
    entryShape,
    answersOf(entry),
  );
  const write = useWriteEntry(kind, () => {
    forget();
    toast.show("success", t("saved"));
    onDone();
  });
  const fields = catalogue.filter((item) => item.kinds.includes(kind));
  const pointers = Object.fromEntries(
    fields.map((_field, index) => [`/specialisations/${index}`, "specialisations" as const]),
  );
  return (
    <CheckedForm
      values={draft}
      schema={entrySchema(words)}
      error={write.error}
      busy={write.isPending}
      submitLabel={t("save")}
      pointers={pointers}
      onChange={keep}
      onSubmit={(answers) => write.mutate(toInput(answers))}
      actions={
        <Button
          variant="secondary"
          onClick={() => {
            forget();
            onDone();
          }}
        >
          {common("cancel")}
        </Button>
      }
    >
      {(field) => (
        <>
          <TextField
            {...field("register_name")}
            label={t(`register.${kind}`)}
            help={t("registerHelp")}
            maxLength={200}
          />
          <TextField {...field("register_number")} label={t("number")} maxLength={60} width="medium" />
          <div className="grid gap-4 sm:grid-cols-2">
            <DateField {...field("issued_on")} label={t("issuedOn")} />
            <DateField
              {...field("valid_until")}
              label={t("validUntil")}
              help={t("validUntilHelp")}
              isOptional
            />
          </div>
          <ChoicesField
            {...field("specialisations")}
            label={t("fields")}
            choices={fields.map(({ code, label }) => ({ value: code, label }))}
          />
          <TextField {...field("region")} label={t("region")} isOptional maxLength={100} />
        </>
      )}
    </CheckedForm>
  );
};
