"use client";

import { useTranslations } from "next-intl";

import type { Look } from "./shot-book";

const LOOKS = ["color", "gray"] as const;

/** Colours as they are, or grey: a grey PDF is lighter and print stands out better. */
export const LookChoice = ({
  id,
  look,
  onLook,
}: {
  id: string;
  look: Look;
  onLook: (look: Look) => void;
}) => {
  const t = useTranslations("camera.look");
  return (
    <fieldset className="flex flex-wrap items-center justify-center gap-2">
      <legend className="sr-only">{t("label")}</legend>
      {LOOKS.map((code) => (
        <label
          key={code}
          className="inline-flex min-h-11 cursor-pointer items-center rounded-field border border-field-line px-4 font-medium text-ink has-checked:border-primary has-checked:bg-primary-soft has-focus-visible:outline-3 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name={`${id}-look`}
            checked={look === code}
            onChange={() => onLook(code)}
            className="sr-only"
          />
          {t(code)}
        </label>
      ))}
    </fieldset>
  );
};
