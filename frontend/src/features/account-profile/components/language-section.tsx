"use client";

import { useTranslations } from "next-intl";

import { ChoiceField } from "@/components/form/fields";
import { isLocale } from "@/lib/i18n/locales";

import { useFormWords } from "../hooks";
import { languageSchema } from "../schemas";
import type { Profile } from "../types";
import { EditableCard } from "./editable-card";
import { PartForm } from "./part-form";

const NAMES = { kk: "Қазақша", ru: "Русский", en: "English" } as const;
const ORDER = ["kk", "ru", "en"] as const;

/** The language of pages, letters and messages. The page is opened anew in it: nothing else changes its words. */
export const LanguageSection = ({ profile }: { profile: Profile }) => {
  const t = useTranslations("profile.language");
  const words = useFormWords();
  return (
    <EditableCard
      title={t("title")}
      lead={t("lead")}
      editLabel={t("edit")}
      form={(close) => (
        <PartForm
          profile={profile}
          close={close}
          values={{ language: String(profile.language) }}
          schema={languageSchema(words)}
          toChanges={({ language }) => (isLocale(language) ? { language } : {})}
          // The whole page anew: what was read in the former language must not stay.
          // eslint-disable-next-line @next/next/no-location-assign-relative-destination
          onSaved={(saved) => window.location.assign(`/${saved.language}/account`)}
        >
          {(field) => (
            <ChoiceField
              {...field("language")}
              label={t("label")}
              choices={ORDER.map((value) => ({
                value,
                label: <span lang={value}>{NAMES[value]}</span>,
              }))}
            />
          )}
        </PartForm>
      )}
    >
      <p className="text-ink" lang={profile.language}>
        {NAMES[profile.language]}
      </p>
    </EditableCard>
  );
};
