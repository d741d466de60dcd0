"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Alert } from "@/components/ui/alert";
import { useToast } from "@/components/ui/toast";
import { formatPhone } from "@/lib/format";
import { parseTypedPhone } from "@/lib/phone-number";
import { hasCode } from "@/lib/problem";
import { useCheckedForm } from "@/lib/use-checked-form";

import { type OrganisationData, useChangeOrganisation, useCreateOrganisation } from "../mutations";
import { organisationSchema } from "../schemas";
import type { Organisation } from "../types";
import { OrganisationFields, type OrganisationValues } from "./organisation-fields";

const EMPTY: OrganisationValues = {
  kind: "",
  name: "",
  name_kk: "",
  bin: "",
  address: "",
  email: "",
  phone: "",
};

const valuesOf = (organisation: Organisation): OrganisationValues => ({
  kind: organisation.kind,
  name: organisation.name,
  name_kk: organisation.name_kk,
  bin: organisation.bin ?? "",
  address: organisation.address,
  email: organisation.email,
  phone: formatPhone(organisation.phone).replaceAll("\u00a0", " "),
});

const contactOf = (values: OrganisationValues) => ({
  address: values.address,
  email: values.email,
  phone: parseTypedPhone(values.phone) ?? "",
});

const registerOf = (values: OrganisationValues) => ({
  name: values.name,
  name_kk: values.name_kk,
  bin: values.bin.replace(/\s/g, "") || null,
});

/** A new organisation: it is not checked yet, so its people have no role before that. */
export const NewOrganisationDialog = ({
  onMade,
  onClose,
}: {
  onMade: (made: Organisation) => void;
  onClose: () => void;
}) => {
  const t = useTranslations("staffOrganisations.new");
  const id = useId();
  const create = useCreateOrganisation(onMade);
  const form = useCheckedForm(organisationSchema, EMPTY, create.error);
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("submit")}
      busy={create.isPending}
      error={create.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const checked = form.read();
        if (checked) create.mutate({ kind: checked.kind, ...registerOf(checked), ...contactOf(checked) });
      }}
      onClose={onClose}
    >
      <OrganisationFields
        id={id}
        values={form.values}
        error={form.error}
        set={form.set}
        hasKind
        hasRegister
      />
    </FormDialog>
  );
};

/** Corrects an organisation; what somebody changed meanwhile is told of, and nothing typed is lost. */
export const EditOrganisationDialog = ({
  organisation,
  onClose,
}: {
  organisation: Organisation;
  onClose: () => void;
}) => {
  const t = useTranslations("staffOrganisations.edit");
  const desk = useTranslations("desk");
  const id = useId();
  const toast = useToast();
  const [version, setVersion] = useState(organisation.version);
  const change = useChangeOrganisation(organisation.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  const form = useCheckedForm(organisationSchema, valuesOf(organisation), change.error);
  const isStale = hasCode(change.error, "accounts.changed_meanwhile");
  const hasRegister = organisation.allowed_actions.includes("edit_register");
  const submit = () => {
    const checked = form.read();
    if (!checked) return;
    const next = isStale ? organisation.version : version;
    setVersion(next);
    const data: OrganisationData = {
      ...(hasRegister ? registerOf(checked) : {}),
      ...contactOf(checked),
    };
    change.mutate({ ...data, version: next });
  };
  return (
    <FormDialog
      title={t("title")}
      lead={hasRegister && organisation.status === "open" ? t("lead") : undefined}
      submitLabel={t("submit")}
      busy={change.isPending}
      error={change.error}
      isAtFields={form.isAtFields}
      notice={
        isStale ? (
          <Alert tone="warning" title={desk("changedTitle")} live>
            <p>{desk("changedText")}</p>
          </Alert>
        ) : undefined
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <OrganisationFields
        id={id}
        values={form.values}
        error={form.error}
        set={form.set}
        hasKind={false}
        hasRegister={hasRegister}
      />
    </FormDialog>
  );
};
