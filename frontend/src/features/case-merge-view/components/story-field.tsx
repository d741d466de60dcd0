"use client";

import { useTranslations } from "next-intl";

import { Checkbox, CheckboxCards } from "@/components/ui/choices";
import { DateInput, MoneyInput } from "@/components/ui/masked-inputs";
import { Select, TextArea, TextInput } from "@/components/ui/text-input";
import { codeIn, HARDSHIPS, RELIEF_KINDS, RELIEFS } from "@/lib/story-codes";

import { codesOf, type STORY_FIELDS } from "../story";
import { useFieldLabel } from "../use-field-label";
import { AssetsField } from "./assets-field";

type StoryFieldInputProps = (typeof STORY_FIELDS)[number] & {
  value: string;
  /** What the server says of the field, or of a part of it. */
  errorAt: (pointer: string) => string | undefined;
  onValue: (value: string) => void;
};

interface CodeFieldProps {
  shape: { id: string; label: string; error?: string };
  value: string;
  onValue: (value: string) => void;
}

const HardshipField = ({ shape, value, onValue }: CodeFieldProps) => {
  const names = useTranslations("storyCodes.hardship");
  return (
    <Select {...shape} value={value} onChange={(event) => onValue(event.target.value)}>
      {!codeIn(HARDSHIPS, value) && <option value={value}>{value}</option>}
      {HARDSHIPS.map((code) => (
        <option key={code} value={code}>
          {names(code)}
        </option>
      ))}
    </Select>
  );
};

const ReliefsField = ({ shape, value, onValue }: CodeFieldProps) => {
  const names = useTranslations("storyCodes.relief");
  const chosen = codesOf(value);
  // What came of an agreement stays where it stands; only what may be asked for is offered anew.
  const offered = RELIEFS.filter((code) => codeIn(RELIEF_KINDS, code) ?? chosen.includes(code));
  return (
    <div className="sm:[&_fieldset>div:last-child]:grid sm:[&_fieldset>div:last-child]:grid-cols-2">
      <CheckboxCards
        {...shape}
        name={shape.id}
        values={chosen}
        choices={offered.map((code) => ({ value: code, label: names(code) }))}
        onValuesChange={(codes) => onValue(codes.join(","))}
      />
    </div>
  );
};

/** One field of the story by its kind. */
export const StoryFieldInput = ({ name, kind, value, errorAt, onValue }: StoryFieldInputProps) => {
  const label = useFieldLabel()(name);
  const shape = { id: `story-${name.replace("/", "-")}`, label, error: errorAt(`/${name}`) };
  if (kind === "assets") return <AssetsField {...shape} value={value} errorAt={errorAt} onValue={onValue} />;
  if (kind === "hardship") return <HardshipField shape={shape} value={value} onValue={onValue} />;
  if (kind === "reliefs") return <ReliefsField shape={shape} value={value} onValue={onValue} />;
  if (kind === "money") return <MoneyInput {...shape} value={value} onValueChange={onValue} />;
  if (kind === "date") return <DateInput {...shape} value={value} onValueChange={onValue} />;
  if (kind === "flag") {
    return (
      <Checkbox
        {...shape}
        checked={value === "yes"}
        onChange={(event) => onValue(event.target.checked ? "yes" : "")}
      />
    );
  }
  if (kind === "long") {
    return (
      <TextArea
        {...shape}
        rows={4}
        maxLength={4000}
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
    );
  }
  return (
    <TextInput
      {...shape}
      autoComplete="off"
      inputMode={kind === "number" ? "numeric" : kind === "rate" ? "decimal" : undefined}
      width={kind === "number" || kind === "rate" ? "short" : "full"}
      maxLength={400}
      value={value}
      onChange={(event) => onValue(event.target.value)}
    />
  );
};
