"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ZodMiniType } from "zod/mini";

import { type Answers, CheckedForm, type FieldBinding } from "@/components/form/checked-form";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

import { useSaveProfile } from "../mutations";
import type { Profile, ProfileChanges } from "../types";

interface PartFormProps<T extends Answers> {
  profile: Profile;
  values: T;
  schema: ZodMiniType<T>;
  toChanges: (values: T) => ProfileChanges;
  pointers?: Readonly<Record<string, keyof T & string>>;
  onSaved?: (profile: Profile) => void;
  close: () => void;
  children: (field: (name: keyof T & string) => FieldBinding, values: T) => ReactNode;
}

/** A form for one part of the profile; only that part is sent. */
export const PartForm = <T extends Answers>({
  profile,
  toChanges,
  onSaved,
  close,
  ...form
}: PartFormProps<T>) => {
  const t = useTranslations("profile");
  const common = useTranslations("common");
  const toast = useToast();
  const save = useSaveProfile((saved) => {
    toast.show("success", t("saved"));
    close();
    onSaved?.(saved);
  });
  return (
    <CheckedForm
      {...form}
      error={save.error}
      busy={save.isPending}
      submitLabel={t("save")}
      onSubmit={(values) => save.mutate({ version: profile.version, changes: toChanges(values) })}
      actions={
        <Button variant="secondary" onClick={close}>
          {common("cancel")}
        </Button>
      }
    />
  );
};
