"use client";

import { useTranslations } from "next-intl";
import { useController } from "react-hook-form";
import * as z from "zod/mini";

import type { FieldBinding } from "@/components/form/checked-form";
import { NewPasswordField } from "@/components/new-password-field";
import { passwordFaults } from "@/lib/password-rules";

/** A new password as a part of a form; goes with `useNewPasswordRule`. */
export const NewPasswordControl = ({ control, name, id, label }: FieldBinding & { label: string }) => {
  const { field, fieldState } = useController({ control, name });
  return (
    <NewPasswordField
      id={id}
      label={label}
      error={fieldState.error?.message || undefined}
      value={typeof field.value === "string" ? field.value : ""}
      onValueChange={field.onChange}
    />
  );
};

/** What of a new password can be judged here, with its words; the server knows common ones. */
export const useNewPasswordRule = () => {
  const t = useTranslations("common.password.faults");
  return z.string().check((context) => {
    const fault = passwordFaults(context.value)[0];
    if (fault) context.issues.push({ code: "custom", message: t(fault), input: context.value });
  });
};
