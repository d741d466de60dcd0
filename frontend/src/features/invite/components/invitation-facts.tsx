"use client";

import { useLocale, useTranslations } from "next-intl";

import type { InvitationLook } from "@/api/identity";
import { Facts } from "@/components/facts";
import { formatDateTime } from "@/lib/format";

/** Who is invited, to what, and until when. */
export const InvitationFacts = ({ invitation }: { invitation: InvitationLook }) => {
  const t = useTranslations("invite");
  const locale = useLocale();
  return (
    <Facts
      items={[
        { label: t("email"), value: invitation.masked_email },
        ...(invitation.organisation_name
          ? [{ label: t("organisation"), value: invitation.organisation_name }]
          : []),
        { label: t("roles"), value: invitation.role_labels.join(", ") },
        { label: t("expires"), value: formatDateTime(invitation.expires_at, locale) },
      ]}
    />
  );
};
