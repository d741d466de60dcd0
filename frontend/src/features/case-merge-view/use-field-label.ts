"use client";

import { useTranslations } from "next-intl";

import { STORY_FIELDS, type StoryField } from "./story";

type LabelKey<Name extends string> = Name extends `${infer Section}/${infer Key}`
  ? `${Section}_${Key}`
  : Name;

const KEYS: { readonly [Name in StoryField]: LabelKey<Name> } = {
  address: "address",
  email: "email",
  "income/source": "income_source",
  "income/monthly_now_tiyn": "income_monthly_now_tiyn",
  "income/monthly_before_tiyn": "income_monthly_before_tiyn",
  "income/avg12_tiyn": "income_avg12_tiyn",
  "income/avg2_tiyn": "income_avg2_tiyn",
  "income/dependents": "income_dependents",
  "income/disabled_dependents": "income_disabled_dependents",
  "income/targeted_social_aid": "income_targeted_social_aid",
  assets: "assets",
  "hardship/code": "hardship_code",
  "hardship/since": "hardship_since",
  "hardship/text": "hardship_text",
  "relief/kinds": "relief_kinds",
  "relief/new_rate_percent": "relief_new_rate_percent",
  "relief/defer_months": "relief_defer_months",
  "relief/new_term_months": "relief_new_term_months",
  "relief/new_payment_tiyn": "relief_new_payment_tiyn",
  "relief/comment": "relief_comment",
};

/** The name of a field of the story; the code of any other. */
export const useFieldLabel = () => {
  const t = useTranslations("caseStory.fields");
  return (name: string): string => {
    const known = STORY_FIELDS.find((field) => field.name === name)?.name;
    return known ? t(KEYS[known]) : name;
  };
};
