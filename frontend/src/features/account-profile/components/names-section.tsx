"use client";

import { useLocale, useTranslations } from "next-intl";

import { Facts } from "@/components/facts";
import { TextField } from "@/components/form/fields";
import { formatDate } from "@/lib/format";

import { useFormWords } from "../hooks";
import { namesSchema } from "../schemas";
import type { Profile } from "../types";
import { EditableCard } from "./editable-card";
import { PartForm } from "./part-form";

export const NamesSection = ({ profile }: { profile: Profile }) => {
  const t = useTranslations("profile.names");
  const none = useTranslations("profile")("none");
  const locale = useLocale();
  const words = useFormWords();
  return (
    <EditableCard
      title={t("title")}
      editLabel={t("edit")}
      form={(close) => (
        <PartForm
          profile={profile}
          close={close}
          values={{ full_name: profile.full_name, full_name_kk: profile.full_name_kk }}
          schema={namesSchema(words)}
          toChanges={(values) => ({
            full_name: values.full_name.trim(),
            full_name_kk: values.full_name_kk.trim(),
          })}
        >
          {(field) => (
            <>
              <TextField
                {...field("full_name")}
                label={t("ru")}
                help={t("ruHelp")}
                autoComplete="name"
                maxLength={200}
              />
              <TextField
                {...field("full_name_kk")}
                label={t("kk")}
                help={t("kkHelp")}
                isOptional
                maxLength={200}
              />
            </>
          )}
        </PartForm>
      )}
    >
      <Facts
        items={[
          { label: t("ru"), value: profile.full_name || none },
          { label: t("kk"), value: profile.full_name_kk || none },
          { label: t("iin"), value: profile.masked_iin ?? t("iinNone") },
          {
            label: t("birthDate"),
            value: profile.birth_date ? formatDate(profile.birth_date, locale) : t("birthDateNone"),
          },
        ]}
      />
    </EditableCard>
  );
};
