"use client";

import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Checkbox } from "@/components/ui/choices";
import { Select, TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { LOCALES } from "@/lib/i18n/locales";
import { useCheckedForm } from "@/lib/use-checked-form";

import { useChangeMember, useInviteMember, useRemoveMember } from "../mutations";
import { memberInviteSchema, memberSchema } from "../schemas";
import type { Member } from "../types";

interface DialogProps {
  organisationId: string;
  onClose: () => void;
}

/** Asks a person by e-mail to act for the organisation. */
export const InviteMemberDialog = ({ organisationId, onClose }: DialogProps) => {
  const t = useTranslations("staffOrganisations.member");
  const common = useTranslations("common");
  const locale = useLocale();
  const id = useId();
  const toast = useToast();
  const invite = useInviteMember(organisationId, () => {
    toast.show("success", t("invited"));
    onClose();
  });
  const initial = { email: "", full_name: "", language: String(locale), post: "", is_administrator: false };
  const form = useCheckedForm(memberInviteSchema, initial, invite.error);
  const fields = [
    { name: "email", type: "email", optional: false },
    { name: "full_name", type: "text", optional: false },
    { name: "post", type: "text", optional: true },
  ] as const;
  return (
    <FormDialog
      title={t("inviteTitle")}
      lead={t("inviteLead")}
      submitLabel={t("inviteSubmit")}
      busy={invite.isPending}
      error={invite.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) invite.mutate(values);
      }}
      onClose={onClose}
    >
      {fields.map(({ name, type, optional }) => (
        <TextInput
          key={name}
          id={`${id}-${name}`}
          type={type}
          label={t(name)}
          optional={optional ? common("optional") : undefined}
          autoComplete="off"
          maxLength={200}
          error={form.error(name)}
          value={form.values[name]}
          onChange={(event) => form.set(name, event.target.value)}
        />
      ))}
      <Select
        id={`${id}-language`}
        label={t("language")}
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
      <Checkbox
        id={`${id}-administrator`}
        label={t("is_administrator")}
        error={form.error("is_administrator")}
        checked={form.values.is_administrator}
        onChange={(event) => form.set("is_administrator", event.target.checked)}
      />
    </FormDialog>
  );
};

/** Post of a person in the organisation, and whether they look after its people. */
export const EditMemberDialog = ({ organisationId, member, onClose }: DialogProps & { member: Member }) => {
  const t = useTranslations("staffOrganisations.member");
  const common = useTranslations("common");
  const id = useId();
  const toast = useToast();
  const change = useChangeMember(organisationId, member.membership_id, () => {
    toast.show("success", t("changed"));
    onClose();
  });
  const form = useCheckedForm(
    memberSchema,
    { post: member.post, is_administrator: member.is_administrator },
    change.error,
  );
  return (
    <FormDialog
      title={t("editTitle", { name: member.full_name })}
      submitLabel={t("editSubmit")}
      busy={change.isPending}
      error={change.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) change.mutate(values);
      }}
      onClose={onClose}
    >
      <TextInput
        id={`${id}-post`}
        label={t("post")}
        optional={common("optional")}
        autoComplete="off"
        maxLength={200}
        error={form.error("post")}
        value={form.values.post}
        onChange={(event) => form.set("post", event.target.value)}
      />
      <Checkbox
        id={`${id}-administrator`}
        label={t("is_administrator")}
        error={form.error("is_administrator")}
        checked={form.values.is_administrator}
        onChange={(event) => form.set("is_administrator", event.target.checked)}
      />
    </FormDialog>
  );
};

export const RemoveMemberDialog = ({ organisationId, member, onClose }: DialogProps & { member: Member }) => {
  const t = useTranslations("staffOrganisations.member");
  const toast = useToast();
  const remove = useRemoveMember(organisationId, () => {
    toast.show("success", t("removed"));
    onClose();
  });
  return (
    <FormDialog
      title={t("removeTitle", { name: member.full_name })}
      lead={t("removeLead")}
      submitLabel={t("removeSubmit")}
      danger
      busy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate(member.membership_id)}
      onClose={onClose}
    />
  );
};
