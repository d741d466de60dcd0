"use client";

import { useTranslations } from "next-intl";

import { CheckedForm } from "@/components/form/checked-form";
import { ChoiceField, TextField } from "@/components/form/fields";
import { Alert } from "@/components/ui/alert";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { hasCode } from "@/lib/problem";

import { invitationSchema, isSpecialistRole, type SpecialistRole, toPartyInput } from "../invitation";
import { useAddParty } from "../mutations";

interface InviteDialogProps {
  caseId: string;
  roles: readonly SpecialistRole[];
  onClose: () => void;
}

/** A checked specialist is found by an address or number; whoever has a conflict of interest is not let in. */
export const InviteDialog = ({ caseId, roles, onClose }: InviteDialogProps) => {
  const t = useTranslations("parties.invite");
  const common = useTranslations("common");
  const toast = useToast();
  const add = useAddParty(caseId, () => {
    toast.show("success", t("done"));
    onClose();
  });
  const hasConflict = hasCode(add.error, "case.conflict_of_interest");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("lead")}
      closeLabel={common("close")}
    >
      {hasConflict && (
        <Alert tone="warning" title={t("conflictTitle")} live>
          <p>{t("conflictText")}</p>
        </Alert>
      )}
      <CheckedForm
        values={{ role: String(roles[0] ?? ""), contact: "" }}
        schema={invitationSchema({
          choose: t("choose"),
          missing: t("contactMissing"),
          wrong: t("contactWrong"),
        })}
        error={hasConflict ? null : add.error}
        busy={add.isPending}
        submitLabel={t("submit")}
        pointers={{ "/email": "contact", "/phone": "contact" }}
        onSubmit={({ role, contact }) => {
          if (isSpecialistRole(role)) add.mutate(toPartyInput(role, contact));
        }}
      >
        {(field) => (
          <>
            {roles.length > 1 && (
              <ChoiceField
                {...field("role")}
                label={t("role")}
                choices={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
              />
            )}
            <TextField
              {...field("contact")}
              label={t("contact")}
              help={t("contactHelp")}
              inputMode="email"
              maxLength={254}
            />
          </>
        )}
      </CheckedForm>
    </Dialog>
  );
};
