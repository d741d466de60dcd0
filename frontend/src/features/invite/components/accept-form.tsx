"use client";

import { useTranslations } from "next-intl";
import * as z from "zod/mini";

import type { InvitationLook } from "@/api/identity";
import type { Session } from "@/api/types";
import { CheckedForm } from "@/components/form/checked-form";
import { TextField } from "@/components/form/fields";
import { NewPasswordControl, useNewPasswordRule } from "@/components/form/new-password-control";
import { textRule } from "@/components/form/rules";

import { useAcceptInvitation } from "../mutations";

interface AcceptFormProps {
  token: string;
  invitation: InvitationLook;
  onDone: (session: Session) => void;
}

const LONGEST_NAME = 200;

/** A new account: the name as it will stand in papers, and a password. */
export const AcceptForm = ({ token, invitation, onDone }: AcceptFormProps) => {
  const t = useTranslations("invite");
  const accept = useAcceptInvitation(onDone);
  const schema = z.object({
    full_name: textRule({ missing: t("nameMissing"), max: LONGEST_NAME, tooLong: t("nameLong") }),
    password: useNewPasswordRule(),
  });
  return (
    <CheckedForm
      values={{ full_name: invitation.full_name, password: "" }}
      schema={schema}
      error={accept.error}
      busy={accept.isPending}
      submitLabel={t("accept")}
      onSubmit={({ full_name, password }) => accept.mutate({ token, full_name: full_name.trim(), password })}
    >
      {(field) => (
        <>
          <TextField
            {...field("full_name")}
            label={t("name")}
            help={t("nameHelp")}
            autoComplete="name"
            maxLength={LONGEST_NAME}
          />
          <NewPasswordControl {...field("password")} label={t("password")} />
        </>
      )}
    </CheckedForm>
  );
};
