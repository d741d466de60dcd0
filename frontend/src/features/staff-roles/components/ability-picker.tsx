"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { SearchField } from "@/components/desk/search-field";
import { Fieldset } from "@/components/ui/field";

import { groupAbilities } from "../ability-groups";
import type { Ability } from "../types";

export const SensitiveMark = () => {
  const t = useTranslations("staffRoles");
  return (
    <span className="inline-flex items-center gap-1 text-xs whitespace-nowrap text-warning">
      <TriangleAlert aria-hidden className="size-3.5" />
      {t("sensitive")}
    </span>
  );
};

interface AbilityPickerProps {
  id: string;
  catalogue: readonly Ability[];
  values: readonly string[];
  error?: string;
  onValues: (values: string[]) => void;
}

/** All grantable abilities by group, with a search that hides but never unticks. */
export const AbilityPicker = ({ id, catalogue, values, error, onValues }: AbilityPickerProps) => {
  const t = useTranslations("staffRoles");
  const [words, setWords] = useState("");
  const grantable = catalogue.filter((ability) => ability.grantable);
  const groups = groupAbilities(grantable, words);
  const toggle = (code: string, isOn: boolean) =>
    onValues(
      grantable
        .map((ability) => ability.code)
        .filter((item) => (item === code ? isOn : values.includes(item))),
    );
  return (
    <Fieldset
      id={id}
      label={t("editor.abilities")}
      help={t("editor.chosen", { count: values.length })}
      error={error}
    >
      <div className="flex">
        <SearchField label={t("editor.search")} value={words} onValue={setWords} />
      </div>
      <div className="flex max-h-[45dvh] flex-col gap-3 overflow-y-auto rounded-field border border-line p-3">
        {groups.length === 0 && <p className="text-muted">{t("editor.nothing")}</p>}
        {groups.map((group) => (
          <div key={group.code} role="group" aria-label={group.label} className="flex flex-col">
            <p aria-hidden className="text-xs font-medium text-muted">
              {group.label}
            </p>
            {group.abilities.map((ability) => (
              <label
                key={ability.code}
                className="flex min-h-11 items-center gap-3 rounded-field px-1 text-ink hover:bg-primary-soft sm:min-h-9"
              >
                <input
                  type="checkbox"
                  checked={values.includes(ability.code)}
                  onChange={(event) => toggle(ability.code, event.target.checked)}
                  className="size-5 shrink-0 accent-primary"
                />
                <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
                  {ability.label}
                  {ability.sensitive && <SensitiveMark />}
                </span>
              </label>
            ))}
          </div>
        ))}
      </div>
    </Fieldset>
  );
};
