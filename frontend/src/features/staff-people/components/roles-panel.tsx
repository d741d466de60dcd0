"use client";

import { Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Panel } from "@/components/desk/panel";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";

import { useRevokeRole } from "../mutations";
import type { PersonAction, PersonDetail, PersonGrant } from "../types";
import { GrantDialog } from "./grant-dialog";

interface RevokeDialogProps {
  person: PersonDetail;
  grant: PersonGrant;
  onClose: () => void;
}

const RevokeDialog = ({ person, grant, onClose }: RevokeDialogProps) => {
  const t = useTranslations("staffPeople.revoke");
  const toast = useToast();
  const revoke = useRevokeRole(person.id, () => {
    toast.show("success", t("done", { role: grant.label }));
    onClose();
  });
  return (
    <FormDialog
      title={t("title", { role: grant.label })}
      lead={t("lead")}
      submitLabel={t("submit")}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onSubmit={() => revoke.mutate(grant.id)}
      onClose={onClose}
    >
      <Alert tone="warning">{t("warning")}</Alert>
    </FormDialog>
  );
};

/** Roles, who gave them and when; giving and taking where the server allows it. */
export const RolesPanel = ({ person }: { person: PersonDetail }) => {
  const t = useTranslations("staffPeople");
  const locale = useLocale();
  const [isGiving, setGiving] = useState(false);
  const [taken, setTaken] = useState<PersonGrant | null>(null);
  const may = (action: PersonAction) => person.allowed_actions.includes(action);
  return (
    <Panel
      title={t("panel.roles")}
      action={
        may("grant_role") && (
          <Button variant="secondary" size="dense" onClick={() => setGiving(true)}>
            <Plus aria-hidden className="size-4" />
            {t("grant.button")}
          </Button>
        )
      }
    >
      {person.grants.length === 0 ? (
        <p className="text-muted">{t("noRoles")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {person.grants.map((grant) => (
            <li key={grant.id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2">
              <div className="min-w-0 flex-1 basis-48">
                <p className="font-medium text-ink">{grant.label}</p>
                <p className="text-muted">
                  {t("givenBy", {
                    date: formatDate(grant.granted_at, locale),
                    name: grant.granted_by_name || t("bySystem"),
                  })}
                </p>
              </div>
              {may("revoke_role") && grant.by_hand && (
                <Button
                  variant="quiet"
                  size="dense"
                  aria-label={t("revoke.buttonOf", { role: grant.label })}
                  onClick={() => setTaken(grant)}
                >
                  {t("revoke.button")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {isGiving && <GrantDialog person={person} onClose={() => setGiving(false)} />}
      {taken && <RevokeDialog person={person} grant={taken} onClose={() => setTaken(null)} />}
    </Panel>
  );
};
