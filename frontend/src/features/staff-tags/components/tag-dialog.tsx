"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import * as z from "zod/mini";

import { FormDialog } from "@/components/desk/form-dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { cn } from "@/lib/cn";
import { requiredText } from "@/lib/form-rules";
import { useCheckedForm } from "@/lib/use-checked-form";

import { COLOURS, LOOKS } from "../colours";
import { createTag, editTag, type Tag, type TagValues, useTagWrite } from "../queries";

const schema = z.object({
  name: requiredText(),
  name_kk: z.string(),
  name_en: z.string(),
  colour: z.enum(COLOURS),
});

const MAX_LENGTH = 40;

/** A new tag, or another name and colour for one that is there. */
export const TagDialog = ({ tag, onClose }: { tag: Tag | null; onClose: () => void }) => {
  const t = useTranslations("staffTags");
  const common = useTranslations("common");
  const id = useId();
  const toast = useToast();
  const write = useTagWrite<TagValues>(tag ? editTag(tag.id) : createTag, () => {
    toast.show("success", t(tag ? "saved" : "made"));
    onClose();
  });
  const form = useCheckedForm(
    schema,
    {
      name: tag?.name_ru ?? "",
      name_kk: tag?.name_kk ?? "",
      name_en: tag?.name_en ?? "",
      colour: tag?.colour ?? "grey",
    },
    write.error,
  );
  const text = (name: "name" | "name_kk" | "name_en") => (
    <TextInput
      id={`${id}-${name}`}
      label={t(name)}
      optional={name === "name" ? undefined : common("optional")}
      maxLength={MAX_LENGTH}
      error={form.error(name)}
      value={form.values[name]}
      onChange={(event) => form.set(name, event.target.value)}
    />
  );
  return (
    <FormDialog
      title={t(tag ? "editTitle" : "newTitle")}
      lead={t("nameHelp")}
      submitLabel={t(tag ? "save" : "make")}
      busy={write.isPending}
      error={write.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) write.mutate(values);
      }}
      onClose={onClose}
    >
      {text("name")}
      {text("name_kk")}
      {text("name_en")}
      <Field id={`${id}-colour`} label={t("colour")}>
        <div id={`${id}-colour`} role="radiogroup" aria-label={t("colour")} className="flex flex-wrap gap-2">
          {COLOURS.map((colour) => (
            <label
              key={colour}
              className={cn(
                "inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border px-3 text-sm has-checked:ring-2 has-checked:ring-primary has-focus-visible:outline-2 sm:min-h-9",
                LOOKS[colour],
              )}
            >
              <input
                type="radio"
                name={`${id}-colour`}
                className="size-4 accent-primary"
                checked={form.values.colour === colour}
                onChange={() => form.set("colour", colour)}
              />
              {t(`colours.${colour}`)}
            </label>
          ))}
        </div>
      </Field>
    </FormDialog>
  );
};
