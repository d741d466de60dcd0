"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Checkbox } from "@/components/ui/choices";
import { Select, TextInput } from "@/components/ui/text-input";
import { parseTypedPhone } from "@/lib/phone-number";
import { isProblem } from "@/lib/problem";

import { type PartyInvitationInput, usePartyInvite } from "../invitations";

const TIED = ["co_borrower", "guarantor", "pledgor"];
const LANGUAGES = ["ru", "kk", "en"] as const;
export const INVITED_ROLES = [
  "lawyer",
  "co_borrower",
  "guarantor",
  "pledgor",
  "representative",
  "mediator",
  "notary",
  "ombudsman_officer",
] as const;
export type InvitedRole = (typeof INVITED_ROLES)[number];

interface PartyInviteDialogProps {
  caseId: string;
  roles: readonly InvitedRole[];
  debts: readonly { id: string; label: string }[];
  /** Staff write down that the borrower agrees; who invites to his own case agrees by it. */
  asksAgreement: boolean;
  onClose: () => void;
}

/** Somebody is invited by phone or e-mail; who answers for a debt is invited to that debt alone. */
export const PartyInviteDialog = ({
  caseId,
  roles,
  debts,
  asksAgreement,
  onClose,
}: PartyInviteDialogProps) => {
  const t = useTranslations("partyInvitations");
  const [role, setRole] = useState<InvitedRole>(roles[0] ?? "lawyer");
  const [contact, setContact] = useState("");
  const [name, setName] = useState("");
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>("ru");
  const [debt, setDebt] = useState(debts[0]?.id ?? "");
  const [agrees, setAgrees] = useState(false);
  const invite = usePartyInvite(caseId, onClose);
  const isTied = TIED.includes(role);
  const error = (...names: string[]) =>
    isProblem(invite.error)
      ? invite.error.errors.find(({ pointer }) => names.includes(pointer.slice(1)))?.detail
      : undefined;
  const send = () => {
    const typed = contact.trim();
    const whom = typed.includes("@") ? { email: typed } : { phone: parseTypedPhone(typed) ?? typed };
    const input: PartyInvitationInput = {
      role,
      ...whom,
      full_name: name,
      language,
      obligation_id: isTied ? debt : null,
      borrower_agrees: agrees,
    };
    invite.mutate(input);
  };
  return (
    <FormDialog
      title={t("invite")}
      lead={t("inviteLead")}
      submitLabel={t("send")}
      busy={invite.isPending}
      error={invite.error}
      isAtFields={isProblem(invite.error) && invite.error.errors.length > 0}
      onSubmit={send}
      onClose={onClose}
    >
      <Select
        id="party-role"
        label={t("role")}
        value={role}
        error={error("role")}
        onChange={(event) => setRole(roles.find((one) => one === event.target.value) ?? role)}
      >
        {roles.map((one) => (
          <option key={one} value={one}>
            {t(`roles.${one}`)}
          </option>
        ))}
      </Select>
      {isTied && (
        <Select
          id="party-debt"
          label={t("debt")}
          help={t("debtHelp")}
          value={debt}
          error={error("obligation_id")}
          onChange={(event) => setDebt(event.target.value)}
        >
          {debts.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      )}
      <TextInput
        id="party-contact"
        label={t("contact")}
        help={t("contactHelp")}
        autoComplete="off"
        maxLength={254}
        value={contact}
        error={error("email", "phone")}
        onChange={(event) => setContact(event.target.value)}
      />
      <TextInput
        id="party-name"
        label={t("name")}
        autoComplete="off"
        maxLength={200}
        value={name}
        error={error("full_name")}
        onChange={(event) => setName(event.target.value)}
      />
      <Select
        id="party-language"
        label={t("language")}
        value={language}
        onChange={(event) => setLanguage(LANGUAGES.find((one) => one === event.target.value) ?? "ru")}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one}>
            {t(`languages.${one}`)}
          </option>
        ))}
      </Select>
      {asksAgreement && (
        <Checkbox
          id="party-agrees"
          label={t("agrees")}
          checked={agrees}
          error={error("borrower_agrees")}
          onChange={(event) => setAgrees(event.target.checked)}
        />
      )}
    </FormDialog>
  );
};
