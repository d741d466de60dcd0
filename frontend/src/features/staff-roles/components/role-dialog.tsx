"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Alert } from "@/components/ui/alert";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { hasCode } from "@/lib/problem";
import { useCheckedForm } from "@/lib/use-checked-form";

import { useChangeRole, useCreateRole } from "../mutations";
import { roleSchema } from "../schemas";
import type { Ability, CustomRole } from "../types";
import { AbilityPicker } from "./ability-picker";

const NAMES = ["name_ru", "name_kk", "name_en"] as const;
const LANG = { name_ru: "ru", name_kk: "kk", name_en: "en" };

interface RoleDialogProps {
  /** The role to change as it is now; none for a new one. */
  role?: CustomRole;
  catalogue: readonly Ability[];
  onClose: () => void;
}

/**
 * Puts a role together. It is sent with the version that was opened: when somebody changed the role meanwhile, this says so,
 * shows what the role holds now, and a second press, with the reader's own eyes, goes with the new version.
 */
export const RoleDialog = ({ role, catalogue, onClose }: RoleDialogProps) => {
  const t = useTranslations("staffRoles");
  const desk = useTranslations("desk");
  const id = useId();
  const toast = useToast();
  const [version, setVersion] = useState(role?.version ?? 0);
  const done = () => {
    toast.show("success", t(role ? "editor.changed" : "editor.created"));
    onClose();
  };
  const create = useCreateRole(done);
  const change = useChangeRole(role?.id ?? "", done);
  const write = role ? change : create;
  const initial = {
    name_ru: role?.name_ru ?? "",
    name_kk: role?.name_kk ?? "",
    name_en: role?.name_en ?? "",
    abilities: role?.abilities ?? [],
  };
  const form = useCheckedForm(roleSchema, initial, write.error);
  const isStale = hasCode(write.error, "accounts.changed_meanwhile");
  const submit = () => {
    const values = form.read();
    if (!values) return;
    if (!role) return create.mutate(values);
    const next = isStale ? role.version : version;
    setVersion(next);
    change.mutate({ ...values, version: next });
  };
  return (
    <FormDialog
      title={role ? t("editor.titleOf", { name: role.name }) : t("editor.titleNew")}
      lead={role ? t("editor.leadOf", { count: role.people_count }) : undefined}
      submitLabel={t(role ? "editor.save" : "editor.create")}
      busy={write.isPending}
      error={write.error}
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
      {NAMES.map((name) => (
        <TextInput
          key={name}
          id={`${id}-${name}`}
          lang={LANG[name]}
          autoComplete="off"
          maxLength={100}
          label={t(`editor.${name}`)}
          error={form.error(name)}
          value={form.values[name]}
          onChange={(event) => form.set(name, event.target.value)}
        />
      ))}
      <AbilityPicker
        id={`${id}-abilities`}
        catalogue={catalogue}
        values={form.values.abilities}
        error={form.error("abilities")}
        onValues={(abilities) => form.set("abilities", abilities)}
      />
    </FormDialog>
  );
};
