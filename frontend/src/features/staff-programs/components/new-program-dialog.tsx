"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { CheckboxCards, RadioCards } from "@/components/ui/choices";
import { Select } from "@/components/ui/text-input";
import { useCheckedForm } from "@/lib/use-checked-form";

import { useRegisterProgram } from "../mutations";
import { programOrganisationsQuery } from "../queries";
import { linesOf, programSchema } from "../schemas";
import { GRANTS, KINDS } from "../types";
import { ProgramFields } from "./program-fields";
import type { Shown } from "./secret-dialog";

interface NewProgramDialogProps {
  onMade: (shown: Shown) => void;
  onClose: () => void;
}

const EMPTY = {
  name: "",
  kind: "confidential",
  grants: ["authorization_code", "refresh_token"],
  scopes: new Array<string>(),
  redirect_uris: "",
  organisation_id: "",
};

/** Lets a partner's program in: what it may do, how it comes, whose it is. */
export const NewProgramDialog = ({ onMade, onClose }: NewProgramDialogProps) => {
  const t = useTranslations("programs");
  const id = useId();
  const { data: organisations } = useQuery(programOrganisationsQuery);
  const register = useRegisterProgram(({ program, client_secret: secret }) =>
    onMade({ clientId: program.client_id, secret }),
  );
  const form = useCheckedForm(programSchema, EMPTY, register.error);
  return (
    <FormDialog
      title={t("new.title")}
      submitLabel={t("new.submit")}
      busy={register.isPending}
      error={register.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (!values) return;
        register.mutate({
          ...values,
          redirect_uris: linesOf(values.redirect_uris),
          organisation_id: values.organisation_id || null,
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
      >
        <RadioCards
          id={`${id}-kind`}
          name="kind"
          label={t("field.kind")}
          value={form.values.kind}
          error={form.error("kind")}
          choices={KINDS.map((kind) => ({
            value: kind,
            label: t(`kind.${kind}`),
            help: t(`kindHelp.${kind}`),
          }))}
          onValueChange={(kind) => form.set("kind", kind)}
        />
        <CheckboxCards
          id={`${id}-grants`}
          name="grants"
          label={t("field.grants")}
          values={form.values.grants}
          error={form.error("grants")}
          choices={GRANTS.map((grant) => ({ value: grant, label: t(`grant.${grant}`) }))}
          onValuesChange={(grants) => form.set("grants", grants)}
        />
        <Select
          id={`${id}-organisation`}
          label={t("field.organisation")}
          help={t("field.organisationHelp")}
          error={form.error("organisation_id")}
          value={form.values.organisation_id}
          onChange={(event) => form.set("organisation_id", event.target.value)}
        >
          <option value="">{t("noOrganisation")}</option>
          {(organisations?.items ?? []).map((organisation) => (
            <option key={organisation.id} value={organisation.id}>
              {organisation.name}
            </option>
          ))}
        </Select>
      </ProgramFields>
    </FormDialog>
  );
};
