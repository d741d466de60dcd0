"use client";

import { useLocale, useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { useCancelMemberInvitation, useResendMemberInvitation } from "../mutations";
import type { MemberInvitation } from "../types";

interface MemberInvitationsProps {
  organisationId: string;
  invitations: readonly MemberInvitation[];
  canManage: boolean;
}

/** Who was asked and has not come yet. */
export const MemberInvitations = ({ organisationId, invitations, canManage }: MemberInvitationsProps) => {
  const t = useTranslations("staffOrganisations.member");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const resend = useResendMemberInvitation(organisationId, () => toast.show("success", t("resent")));
  const cancel = useCancelMemberInvitation(organisationId, () => toast.show("success", t("cancelled")));
  const onError = (error: unknown) => toast.show("danger", describe(error));
  if (invitations.length === 0) return null;
  return (
    <div className="flex flex-col">
      <h3 className="font-medium">{t("waiting")}</h3>
      <ul className="divide-y divide-line">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <div className="min-w-0 flex-1 basis-56">
              <p className="break-all text-ink">{invitation.full_name || invitation.email}</p>
              <p className="text-muted">
                {[
                  invitation.full_name ? invitation.email : "",
                  invitation.post,
                  t("until", { date: formatDate(invitation.expires_at, locale, "until") }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            {invitation.status === "expired" && (
              <Badge tone="warning" className="text-xs">
                {t("expired")}
              </Badge>
            )}
            {canManage && (
              <div className="flex gap-1">
                <Button
                  variant="quiet"
                  size="dense"
                  busy={resend.isPending && resend.variables === invitation.id}
                  aria-label={t("resendTo", { email: invitation.email })}
                  onClick={() => resend.mutate(invitation.id, { onError })}
                >
                  {t("resend")}
                </Button>
                <Button
                  variant="quiet"
                  size="dense"
                  busy={cancel.isPending && cancel.variables === invitation.id}
                  aria-label={t("cancelTo", { email: invitation.email })}
                  onClick={() => cancel.mutate(invitation.id, { onError })}
                >
                  {t("cancel")}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
};
