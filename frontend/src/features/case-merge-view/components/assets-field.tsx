"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choices";
import { Fieldset } from "@/components/ui/field";
import { MoneyInput } from "@/components/ui/masked-inputs";
import { TextInput } from "@/components/ui/text-input";

import { type AssetRow, EMPTY_ASSET, MAX_ASSETS, readAssets, writeAssets } from "../assets";

interface AssetsFieldProps {
  id: string;
  label: string;
  value: string;
  /** What the server says of a part of the list: `/assets/0/value_tiyn`. */
  errorAt: (pointer: string) => string | undefined;
  onValue: (value: string) => void;
}

const AssetFields = ({
  id,
  row,
  index,
  errorAt,
  onRow,
  onRemove,
}: {
  id: string;
  row: AssetRow;
  index: number;
  errorAt: AssetsFieldProps["errorAt"];
  onRow: (row: AssetRow) => void;
  onRemove: () => void;
}) => {
  const t = useTranslations("caseStory.assets");
  return (
    <li className="flex flex-col gap-3 rounded-field border border-line p-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <TextInput
          id={`${id}-kind`}
          label={t("what")}
          help={index === 0 ? t("whatHelp") : undefined}
          error={errorAt(`/assets/${index}/kind`)}
          autoComplete="off"
          maxLength={80}
          value={row.kind}
          onChange={(event) => onRow({ ...row, kind: event.target.value })}
        />
        <MoneyInput
          id={`${id}-value`}
          label={t("worth")}
          error={errorAt(`/assets/${index}/value_tiyn`)}
          value={row.value}
          onValueChange={(value) => onRow({ ...row, value })}
        />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Checkbox
          id={`${id}-pledged`}
          label={t("pledged")}
          checked={row.pledged}
          onChange={(event) => onRow({ ...row, pledged: event.target.checked })}
        />
        <Button
          variant="quiet"
          size="dense"
          className="text-danger max-sm:min-h-11"
          aria-label={t("removeOf", { name: row.kind || String(index + 1) })}
          onClick={onRemove}
        >
          <Trash2 aria-hidden className="size-4" />
          {t("remove")}
        </Button>
      </div>
    </li>
  );
};

/** What the borrower owns, one thing a row. */
export const AssetsField = ({ id, label, value, errorAt, onValue }: AssetsFieldProps) => {
  const t = useTranslations("caseStory.assets");
  const rows = readAssets(value);
  const put = (next: readonly AssetRow[]) => onValue(writeAssets(next));
  return (
    <Fieldset id={id} label={label} help={t("help")} error={errorAt("/assets")}>
      <div className="flex flex-col gap-3">
        {rows.length > 0 && (
          <ul className="flex flex-col gap-3">
            {rows.map((row, index) => (
              <AssetFields
                key={index}
                id={`${id}-${index}`}
                row={row}
                index={index}
                errorAt={errorAt}
                onRow={(next) => put(rows.map((item, at) => (at === index ? next : item)))}
                onRemove={() => put(rows.filter((_, at) => at !== index))}
              />
            ))}
          </ul>
        )}
        {rows.length < MAX_ASSETS && (
          <Button
            variant="secondary"
            size="dense"
            className="self-start max-sm:min-h-11"
            onClick={() => put([...rows, EMPTY_ASSET])}
          >
            <Plus aria-hidden className="size-4" />
            {t(rows.length === 0 ? "add" : "addMore")}
          </Button>
        )}
      </div>
    </Fieldset>
  );
};
