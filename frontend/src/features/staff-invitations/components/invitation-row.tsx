"use client";

import { useLocale, useTranslations } from "next-intl";

import { Row } from "@/components/desk/rows";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { useResendInvitation } from "../mutations";
import type { Invitation, InvitationStatus } from "../types";

const TONES: Record<InvitationStatus, BadgeTone> = {
  open: "info",
  accepted: "success",
  cancelled: "neutral",
  expired: "warning",
};

export const INVITATION_COLUMNS = "md:grid-cols-[minmax(0,1.4fr)_minmax(0,1.3fr)_minmax(0,1fr)_16.5rem]";

interface InvitationRowProps {
  invitation: Invitation;
  onCancel: () => void;
}

export const InvitationRow = ({ invitation, onCancel }: InvitationRowProps) => {
  const t = useTranslations("staffInvitations");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const resend = useResendInvitation(() =>
    toast.show("success", t("sentAgain", { email: invitation.email })),
  );
  const { status } = invitation;
  const isWaiting = status === "open" || status === "expired";
  const roles = [
    ...invitation.roles.map(({ label }) => label),
    ...invitation.custom_roles.map(({ name }) => name),
  ];
  return (
    <Row columns={INVITATION_COLUMNS}>
      <span className="flex min-w-0 flex-col">
        <span className="text-base font-medium text-ink md:text-sm">{invitation.full_name}</span>
        <span className="break-all text-muted">{invitation.email}</span>
      </span>
      <span className="flex min-w-0 flex-col">
        <span>{roles.join(", ") || "—"}</span>
        {invitation.organisation && <span className="text-muted">{invitation.organisation.name}</span>}
      </span>
      <span className="flex flex-col items-start gap-0.5">
        <Badge tone={TONES[status]} className="text-xs">
          {t(`status.${status}`)}
        </Badge>
        {status === "open" && (
          <span className="text-xs text-muted">
            {t("until", { date: formatDate(invitation.expires_at, locale, "until") })}
          </span>
        )}
      </span>
      <span className="flex flex-wrap gap-1 md:justify-end">
        {isWaiting && (
          <>
            <Button
              variant="quiet"
              size="dense"
              className="max-md:-ml-3 max-md:min-h-11"
              busy={resend.isPending}
              aria-label={t("resendTo", { email: invitation.email })}
              onClick={() =>
                resend.mutate(invitation.id, { onError: (error) => toast.show("danger", describe(error)) })
              }
            >
              {t("resend")}
            </Button>
            <Button
              variant="quiet"
              size="dense"
              className="max-md:min-h-11"
              aria-label={t("cancelTo", { email: invitation.email })}
              onClick={onCancel}
            >
              {t("cancel.button")}
            </Button>
          </>
        )}
      </span>
    </Row>
  );
};
