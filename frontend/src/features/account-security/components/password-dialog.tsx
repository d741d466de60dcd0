"use client";

import { useTranslations } from "next-intl";
import { useController } from "react-hook-form";
import * as z from "zod/mini";

import { CheckedForm, type FieldBinding } from "@/components/form/checked-form";
import { NewPasswordField } from "@/components/new-password-field";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { passwordFaults } from "@/lib/password-rules";

import { useSetPassword } from "../mutations";

const PasswordControl = ({ control, name, id, label }: FieldBinding & { label: string }) => {
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

/** A new password; all other sign-ins end with it. */
export const PasswordDialog = ({ isNew, onClose }: { isNew: boolean; onClose: () => void }) => {
  const t = useTranslations("security.password");
  const faults = useTranslations("common.password.faults");
  const common = useTranslations("common");
  const toast = useToast();
  const set = useSetPassword();
  const schema = z.object({
    password: z.string().check((context) => {
      const fault = passwordFaults(context.value)[0];
      if (fault) context.issues.push({ code: "custom", message: faults(fault), input: context.value });
    }),
  });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(isNew ? "setTitle" : "changeTitle")}
      description={t("text")}
      closeLabel={common("close")}
    >
      <CheckedForm
        values={{ password: "" }}
        schema={schema}
        error={set.error}
        busy={set.isPending}
        submitLabel={t("save")}
        onSubmit={({ password }) =>
          set.mutate(password, {
            onSuccess: () => {
              toast.show("success", t("saved"));
              onClose();
            },
          })
        }
      >
        {(field) => <PasswordControl {...field("password")} label={t("label")} />}
      </CheckedForm>
    </Dialog>
  );
};
