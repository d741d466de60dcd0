"use client";

import { useLocale, useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDateTime } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { useResendInvitation, useTakeBackInvitation } from "../mutations";
import type { MemberInvitation } from "../queries";

interface InvitationLineProps {
  organisationId: string;
  invitation: MemberInvitation;
  canManage: boolean;
}

/** Somebody who was asked and has not answered yet. */
export const InvitationLine = ({ organisationId, invitation, canManage }: InvitationLineProps) => {
  const t = useTranslations("ownOrganisation.invitations");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const resend = useResendInvitation(organisationId, invitation.id);
  const takeBack = useTakeBackInvitation(organisationId, invitation.id);
  const say = (text: string) => ({
    onSuccess: () => toast.show("success", text),
    onError: (error: unknown) => toast.show("danger", describe(error)),
  });
  const { email } = invitation;
  return (
    <li className="flex flex-col gap-2 py-4 sm:flex-row sm:items-center sm:justify-between sm:gap-4">
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-2 font-medium text-ink">
          <span className="break-all">{email}</span>
          {invitation.status === "expired" && <Badge tone="warning">{t("expired")}</Badge>}
        </p>
        {(invitation.full_name || invitation.post) && (
          <p className="text-ink">{[invitation.full_name, invitation.post].filter(Boolean).join(", ")}</p>
        )}
        <p className="text-sm text-muted">
          {t("until", { when: formatDateTime(invitation.expires_at, locale) })}
        </p>
      </div>
      {canManage && (
        <div className="-ml-4 flex flex-wrap sm:ml-0 sm:shrink-0">
          <Button
            variant="quiet"
            busy={resend.isPending}
            aria-label={t("resendLabel", { email })}
            onClick={() => resend.mutate(undefined, say(t("resent", { email })))}
          >
            {t("resend")}
          </Button>
          <Button
            variant="quiet"
            busy={takeBack.isPending}
            aria-label={t("takeBackLabel", { email })}
            onClick={() => takeBack.mutate(undefined, say(t("takenBack", { email })))}
          >
            {t("takeBack")}
          </Button>
        </div>
      )}
    </li>
  );
};
