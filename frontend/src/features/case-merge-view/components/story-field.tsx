"use client";

import { Checkbox } from "@/components/ui/choices";
import { DateInput, MoneyInput } from "@/components/ui/masked-inputs";
import { TextArea, TextInput } from "@/components/ui/text-input";

import type { STORY_FIELDS } from "../story";
import { useFieldLabel } from "../use-field-label";

type StoryFieldInputProps = (typeof STORY_FIELDS)[number] & {
  value: string;
  error?: string;
  onValue: (value: string) => void;
};

/** One field of the story by its kind. */
export const StoryFieldInput = ({ name, kind, value, error, onValue }: StoryFieldInputProps) => {
  const label = useFieldLabel()(name);
  const shape = { id: `story-${name.replace("/", "-")}`, label, error };
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
      inputMode={kind === "number" ? "numeric" : undefined}
      width={kind === "number" ? "short" : "full"}
      maxLength={400}
      value={value}
      onChange={(event) => onValue(event.target.value)}
    />
  );
};
