"use client";

import { useTranslations } from "next-intl";

import { codeIn, HARDSHIPS, RELIEFS } from "@/lib/story-codes";

import { readAssets } from "./assets";
import { codesOf, STORY_FIELDS, type StoryField } from "./story";

/** A value of the form in words, for reading and comparing. */
export const useShownValue = () => {
  const t = useTranslations("caseStory.merge");
  const assets = useTranslations("caseStory.assets");
  const hardship = useTranslations("storyCodes.hardship");
  const relief = useTranslations("storyCodes.relief");
  return (name: StoryField, value: string): string => {
    if (value === "") return t("empty");
    const kind = STORY_FIELDS.find((field) => field.name === name)?.kind;
    if (kind === "flag") return t("set");
    if (kind === "money") return `${value} ₸`;
    if (kind === "hardship") {
      const code = codeIn(HARDSHIPS, value);
      return code ? hardship(code) : value;
    }
    if (kind === "reliefs") {
      return codesOf(value)
        .map((item) => {
          const code = codeIn(RELIEFS, item);
          return code ? relief(code) : item;
        })
        .join(", ");
    }
    if (kind === "assets") {
      return readAssets(value)
        .map((row) => `${row.kind}, ${row.value} ₸${row.pledged ? `, ${assets("pledgedShort")}` : ""}`)
        .join("; ");
    }
    return value;
  };
};
