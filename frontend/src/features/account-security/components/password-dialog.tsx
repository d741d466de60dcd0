"use client";

import { useTranslations } from "next-intl";
import * as z from "zod/mini";

import { CheckedForm } from "@/components/form/checked-form";
import { NewPasswordControl, useNewPasswordRule } from "@/components/form/new-password-control";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";

import { useSetPassword } from "../mutations";

/** A new password; all other sign-ins end with it. */
export const PasswordDialog = ({ isNew, onClose }: { isNew: boolean; onClose: () => void }) => {
  const t = useTranslations("security.password");
  const common = useTranslations("common");
  const toast = useToast();
  const set = useSetPassword();
  const schema = z.object({ password: useNewPasswordRule() });
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
        {(field) => <NewPasswordControl {...field("password")} label={t("label")} />}
      </CheckedForm>
    </Dialog>
  );
};
