"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { CheckboxCards, type Choice } from "@/components/ui/choices";
import { Skeleton } from "@/components/ui/skeleton";
import { Select, TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { LOCALES } from "@/lib/i18n/locales";
import { useCheckedForm } from "@/lib/use-checked-form";

import { useInvite } from "../mutations";
import { roleChoicesQuery } from "../queries";
import { builtInValue, customValue, splitRoles } from "../role-choices";
import { invitationSchema } from "../schemas";

interface InviteDialogProps {
  /** Otherwise only borrowers can be invited. */
  canInviteStaff: boolean;
  onClose: () => void;
}

const useRoleChoices = (canInviteStaff: boolean): Choice[] | null => {
  const t = useTranslations("staffInvitations");
  const { data, error } = useQuery({ ...roleChoicesQuery, enabled: canInviteStaff });
  if (!canInviteStaff || error) return [{ value: builtInValue("borrower"), label: t("borrower") }];
  if (!data) return null;
  return [
    ...data.built_in
      .filter(({ by_hand }) => by_hand)
      .map(({ code, label }) => ({ value: builtInValue(code), label })),
    ...data.custom
      .filter(({ archived }) => !archived)
      .map(({ id, name }) => ({ value: customValue(id), label: name, help: t("custom") })),
  ];
};

/** Asks somebody in by e-mail; the link in the letter works once. */
export const InviteDialog = ({ canInviteStaff, onClose }: InviteDialogProps) => {
  const t = useTranslations("staffInvitations");
  const locale = useLocale();
  const id = useId();
  const toast = useToast();
  const choices = useRoleChoices(canInviteStaff);
  const invite = useInvite(() => {
    toast.show("success", t("sent"));
    onClose();
  });
  const initial = {
    email: "",
    full_name: "",
    language: String(locale),
    roles: canInviteStaff ? new Array<string>() : [builtInValue("borrower")],
  };
  const form = useCheckedForm(invitationSchema, initial, invite.error);
  return (
    <FormDialog
      title={t("new.title")}
      lead={t("new.lead")}
      submitLabel={t("new.submit")}
      busy={invite.isPending}
      error={invite.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) invite.mutate({ ...values, ...splitRoles(values.roles) });
      }}
      onClose={onClose}
    >
      <TextInput
        id={`${id}-email`}
        type="email"
        inputMode="email"
        autoComplete="off"
        maxLength={254}
        label={t("new.email")}
        error={form.error("email")}
        value={form.values.email}
        onChange={(event) => form.set("email", event.target.value)}
      />
      <TextInput
        id={`${id}-name`}
        autoComplete="off"
        maxLength={200}
        label={t("new.name")}
        error={form.error("full_name")}
        value={form.values.full_name}
        onChange={(event) => form.set("full_name", event.target.value)}
      />
      <Select
        id={`${id}-language`}
        label={t("new.language")}
        error={form.error("language")}
        value={form.values.language}
        onChange={(event) => form.set("language", event.target.value)}
      >
        {LOCALES.map((item) => (
          <option key={item} value={item}>
            {t(`languages.${item}`)}
          </option>
        ))}
      </Select>
      {choices ? (
        <CheckboxCards
          id={`${id}-roles`}
          name="roles"
          label={t("new.roles")}
          values={form.values.roles}
          choices={choices}
          error={form.error("roles")}
          onValuesChange={(roles) => form.set("roles", roles)}
        />
      ) : (
        <Skeleton className="h-40" />
      )}
    </FormDialog>
  );
};
