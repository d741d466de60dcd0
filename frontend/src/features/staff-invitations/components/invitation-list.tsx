"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { MailPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Rows } from "@/components/desk/rows";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

import { useCancelInvitation } from "../mutations";
import { invitationsQuery } from "../queries";
import type { Invitation } from "../types";
import { INVITATION_COLUMNS, InvitationRow } from "./invitation-row";
import { InviteDialog } from "./invite-dialog";

const CancelDialog = ({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) => {
  const t = useTranslations("staffInvitations.cancel");
  const toast = useToast();
  const cancel = useCancelInvitation(() => {
    toast.show("success", t("done"));
    onClose();
  });
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead", { email: invitation.email })}
      submitLabel={t("submit")}
      danger
      busy={cancel.isPending}
      error={cancel.error}
      onSubmit={() => cancel.mutate(invitation.id)}
      onClose={onClose}
    />
  );
};

/** Who was asked in, who has come, and whose link has run out. */
export const InvitationList = ({ abilities }: { abilities: readonly string[] }) => {
  const t = useTranslations("staffInvitations");
  const [isInviting, setInviting] = useState(false);
  const [cancelled, setCancelled] = useState<Invitation | null>(null);
  const query = useInfiniteQuery(invitationsQuery);
  const invitations = query.data?.pages.flatMap((page) => page.items) ?? [];
  const canInviteStaff = abilities.includes("person.invite_staff");
  const invite = (canInviteStaff || abilities.includes("person.invite_borrower")) && (
    <Button size="dense" className="max-sm:min-h-11" onClick={() => setInviting(true)}>
      <MailPlus aria-hidden className="size-4" />
      {t("new.button")}
    </Button>
  );
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} actions={invite} />
      <ListFrame
        query={query}
        count={invitations.length}
        empty={{ title: t("emptyTitle"), text: t("emptyText") }}
      >
        <Rows
          label={t("title")}
          columns={INVITATION_COLUMNS}
          head={[t("column.person"), t("column.roles"), t("column.state"), ""]}
        >
          {invitations.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              onCancel={() => setCancelled(invitation)}
            />
          ))}
        </Rows>
      </ListFrame>
      {isInviting && <InviteDialog canInviteStaff={canInviteStaff} onClose={() => setInviting(false)} />}
      {cancelled && <CancelDialog invitation={cancelled} onClose={() => setCancelled(null)} />}
    </Desk>
  );
};
