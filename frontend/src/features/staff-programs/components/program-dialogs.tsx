"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Alert } from "@/components/ui/alert";
import { useToast } from "@/components/ui/toast";
import { useCheckedForm } from "@/lib/use-checked-form";

import { useChangeProgram, useRevokeProgram, useRotateSecret } from "../mutations";
import { linesOf, programSchema } from "../schemas";
import type { Program } from "../types";
import { ProgramFields } from "./program-fields";
import type { Shown } from "./secret-dialog";

interface DialogProps {
  program: Program;
  onClose: () => void;
}

export const EditProgramDialog = ({ program, onClose }: DialogProps) => {
  const t = useTranslations("programs");
  const id = useId();
  const toast = useToast();
  const change = useChangeProgram(program.id, () => {
    toast.show("success", t("edit.done"));
    onClose();
  });
  const initial = {
    name: program.name,
    kind: String(program.kind),
    grants: program.grants.map(String),
    scopes: program.scopes.map(String),
    redirect_uris: program.redirect_uris.join("\n"),
    organisation_id: program.organisation_id ?? "",
  };
  const form = useCheckedForm(programSchema, initial, change.error);
  return (
    <FormDialog
      title={t("edit.title", { name: program.name })}
      lead={t("edit.lead")}
      submitLabel={t("edit.submit")}
      busy={change.isPending}
      error={change.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (!values) return;
        change.mutate({
          name: values.name,
          scopes: values.scopes,
          redirect_uris: linesOf(values.redirect_uris),
        });
      }}
      onClose={onClose}
    >
      <ProgramFields
        id={id}
        name={form.values.name}
        scopes={form.values.scopes}
        redirectUris={form.values.redirect_uris}
        error={form.error}
        onName={(name) => form.set("name", name)}
        onScopes={(scopes) => form.set("scopes", scopes)}
        onRedirectUris={(uris) => form.set("redirect_uris", uris)}
      />
    </FormDialog>
  );
};

export const RotateDialog = ({
  program,
  onShown,
  onClose,
}: DialogProps & { onShown: (shown: Shown) => void }) => {
  const t = useTranslations("programs.rotate");
  const rotate = useRotateSecret(program.id, (secret) => onShown({ clientId: program.client_id, secret }));
  return (
    <FormDialog
      title={t("title", { name: program.name })}
      submitLabel={t("submit")}
      danger
      busy={rotate.isPending}
      error={rotate.error}
      onSubmit={() => rotate.mutate(undefined)}
      onClose={onClose}
    >
      <Alert tone="warning">{t("warning")}</Alert>
    </FormDialog>
  );
};

export const RevokeDialog = ({ program, onClose }: DialogProps) => {
  const t = useTranslations("programs.revoke");
  const toast = useToast();
  const revoke = useRevokeProgram(program.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  return (
    <FormDialog
      title={t("title", { name: program.name })}
      submitLabel={t("submit")}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onSubmit={() => revoke.mutate(undefined)}
      onClose={onClose}
    >
      <Alert tone="warning">{t("warning")}</Alert>
    </FormDialog>
  );
};
