"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Select, TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { LOCALES } from "@/lib/i18n/locales";
import { useCheckedForm } from "@/lib/use-checked-form";

import { useEditPerson } from "../mutations";
import { personSchema } from "../schemas";
import type { PersonDetail } from "../types";

/** Corrects names and language of an account. */
export const EditDialog = ({ person, onClose }: { person: PersonDetail; onClose: () => void }) => {
  const t = useTranslations("staffPeople");
  const common = useTranslations("common");
  const id = useId();
  const toast = useToast();
  const edit = useEditPerson(person.id, () => {
    toast.show("success", t("edit.done"));
    onClose();
  });
  const form = useCheckedForm(
    personSchema,
    { full_name: person.full_name, full_name_kk: person.full_name_kk, language: person.language },
    edit.error,
  );
  return (
    <FormDialog
      title={t("edit.title")}
      submitLabel={t("edit.submit")}
      busy={edit.isPending}
      error={edit.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) edit.mutate(values);
      }}
      onClose={onClose}
    >
      <TextInput
        id={`${id}-ru`}
        label={t("fact.name")}
        maxLength={200}
        autoComplete="off"
        error={form.error("full_name")}
        value={form.values.full_name}
        onChange={(event) => form.set("full_name", event.target.value)}
      />
      <TextInput
        id={`${id}-kk`}
        lang="kk"
        label={t("fact.nameKk")}
        optional={common("optional")}
        maxLength={200}
        autoComplete="off"
        error={form.error("full_name_kk")}
        value={form.values.full_name_kk}
        onChange={(event) => form.set("full_name_kk", event.target.value)}
      />
      <Select
        id={`${id}-language`}
        label={t("fact.language")}
        error={form.error("language")}
        value={form.values.language}
        onChange={(event) => form.set("language", event.target.value)}
      >
        {LOCALES.map((locale) => (
          <option key={locale} value={locale}>
            {t(`languages.${locale}`)}
          </option>
        ))}
      </Select>
    </FormDialog>
  );
};
