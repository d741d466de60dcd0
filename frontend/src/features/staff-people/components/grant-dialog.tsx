"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { ProblemState } from "@/components/state-panels";
import { RadioCards } from "@/components/ui/choices";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { useCheckedForm } from "@/lib/use-checked-form";

import { type RoleChoice, useGrantRole } from "../mutations";
import { roleCatalogueQuery } from "../queries";
import { grantSchema } from "../schemas";
import type { PersonDetail, RoleCatalogue } from "../types";

const CUSTOM = "custom:";
const BUILT_IN = "role:";

const toChoice = (value: string): RoleChoice =>
  value.startsWith(CUSTOM)
    ? { custom_role_id: value.slice(CUSTOM.length) }
    : { role: value.slice(BUILT_IN.length) };

/** What is given by hand and is not held yet; the server says which. */
const choicesFor = (person: PersonDetail, catalogue: RoleCatalogue, customHelp: string) => {
  const held = new Set(person.grants.map((grant) => grant.role ?? grant.custom_role_id));
  return [
    ...catalogue.built_in
      .filter(({ code, by_hand }) => by_hand && !held.has(code))
      .map(({ code, label }) => ({ value: `${BUILT_IN}${code}`, label })),
    ...catalogue.custom
      .filter(({ id, archived }) => !archived && !held.has(id))
      .map(({ id, name }) => ({ value: `${CUSTOM}${id}`, label: name, help: customHelp })),
  ];
};

export const GrantDialog = ({ person, onClose }: { person: PersonDetail; onClose: () => void }) => {
  const t = useTranslations("staffPeople.grant");
  const common = useTranslations("common");
  const id = useId();
  const toast = useToast();
  const { data, error, refetch } = useQuery(roleCatalogueQuery);
  const grant = useGrantRole(person.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  const form = useCheckedForm(grantSchema, { role: "" }, grant.error);
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("submit")}
      busy={grant.isPending}
      error={grant.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) grant.mutate(toChoice(values.role));
      }}
      onClose={onClose}
    >
      {error && !data ? (
        <ProblemState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <RadioCards
          id={`${id}-role`}
          name="role"
          label={t("which")}
          value={form.values.role}
          error={form.error("role")}
          choices={choicesFor(person, data, t("custom"))}
          onValueChange={(role) => form.set("role", role)}
        />
      ) : (
        <Loading label={common("loading")} className="flex flex-col gap-2">
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </Loading>
      )}
    </FormDialog>
  );
};
