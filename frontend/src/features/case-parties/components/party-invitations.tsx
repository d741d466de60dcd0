"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Panel } from "@/components/desk/panel";
import { Alert } from "@/components/ui/alert";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatDate } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { type PartyInvitation, partyInvitationsQuery, useInvitationAct } from "../invitations";
import { casePartiesQuery } from "../queries";
import { INVITED_ROLES, PartyInviteDialog } from "./party-invite-dialog";

const TONES: Record<PartyInvitation["status"], BadgeTone> = {
  open: "info",
  accepted: "success",
  declined: "neutral",
  cancelled: "neutral",
  expired: "warning",
};

const InvitationLine = ({ caseId, invitation }: { caseId: string; invitation: PartyInvitation }) => {
  const t = useTranslations("partyInvitations");
  const locale = useLocale();
  const describe = useProblemText();
  const resend = useInvitationAct(caseId, invitation.id, "resend");
  const takeBack = useInvitationAct(caseId, invitation.id, "take_back");
  const error = resend.error ?? takeBack.error;
  const whom = invitation.full_name || invitation.contact;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {whom}
          <Badge tone={TONES[invitation.status]}>{t(`status.${invitation.status}`)}</Badge>
        </p>
        <p className="text-muted">
          {[
            invitation.role_label,
            invitation.creditor_name,
            invitation.full_name && invitation.contact,
            invitation.status === "open" &&
              t("until", { date: formatDate(invitation.expires_at, locale, "until") }),
          ]
            .filter(Boolean)
            .join(", ")}
        </p>
        {error && (
          <Alert tone="danger" live>
            {describe(error)}
          </Alert>
        )}
      </div>
      {invitation.allowed_actions.includes("resend") && (
        <Button
          variant="secondary"
          size="dense"
          busy={resend.isPending}
          aria-label={t("resendOf", { name: whom })}
          onClick={() => resend.mutate()}
        >
          {t("resend")}
        </Button>
      )}
      {invitation.allowed_actions.includes("take_back") && (
        <Button
          variant="quiet"
          size="dense"
          busy={takeBack.isPending}
          aria-label={t("takeBackOf", { name: whom })}
          onClick={() => takeBack.mutate()}
        >
          {t("takeBack")}
        </Button>
      )}
    </li>
  );
};

interface PartyInvitationsProps {
  caseId: string;
  debts: readonly { id: string; label: string }[];
  asksAgreement: boolean;
}

/** Who has been invited to the case and has not come yet, and inviting somebody. */
export const PartyInvitations = ({ caseId, debts, asksAgreement }: PartyInvitationsProps) => {
  const t = useTranslations("partyInvitations");
  const [isInviting, setInviting] = useState(false);
  const parties = useQuery(casePartiesQuery(caseId));
  const invitations = useQuery(partyInvitationsQuery(caseId));
  const allowed: readonly string[] = parties.data?.allowed_actions ?? [];
  const roles = INVITED_ROLES.filter((role) => allowed.includes(`invite_${role}`));
  const items = invitations.data?.items ?? [];
  if (roles.length === 0 && items.length === 0) return null;
  return (
    <Panel
      title={t("title")}
      action={
        roles.length > 0 && (
          <Button size="dense" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden className="size-4" />
            {t("invite")}
          </Button>
        )
      }
    >
      {items.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {items.map((invitation) => (
            <InvitationLine key={invitation.id} caseId={caseId} invitation={invitation} />
          ))}
        </ul>
      )}
      {isInviting && (
        <PartyInviteDialog
          caseId={caseId}
          roles={roles}
          debts={debts}
          asksAgreement={asksAgreement}
          onClose={() => setInviting(false)}
        />
      )}
    </Panel>
  );
};
