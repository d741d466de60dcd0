"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";

import { useChangeMember, useRemoveMember } from "../mutations";
import type { Member } from "../queries";

interface MemberLineProps {
  organisationId: string;
  member: Member;
  isSelf: boolean;
  canManage: boolean;
}

type Asked = "administrator" | "remove";

const AskedDialog = ({
  organisationId,
  member,
  asked,
  onClose,
}: {
  organisationId: string;
  member: Member;
  asked: Asked;
  onClose: () => void;
}) => {
  const t = useTranslations("ownOrganisation.people");
  const toast = useToast();
  const step =
    asked === "remove" ? "remove" : member.is_administrator ? "takeAdministrator" : "makeAdministrator";
  const done = () => {
    toast.show("success", t(`${step}.done`));
    onClose();
  };
  const change = useChangeMember(organisationId, member.membership_id, done);
  const remove = useRemoveMember(organisationId, member.membership_id, done);
  const running = asked === "remove" ? remove : change;
  return (
    <ConfirmDialog
      title={t(`${step}.title`)}
      submitLabel={t(`${step}.submit`)}
      danger={asked === "remove"}
      busy={running.isPending}
      error={running.error}
      onConfirm={() =>
        asked === "remove" ? remove.mutate() : change.mutate({ is_administrator: !member.is_administrator })
      }
      onClose={onClose}
    >
      <p>{t(`${step}.text`, { name: member.full_name || member.masked_email })}</p>
    </ConfirmDialog>
  );
};

export const MemberLine = ({ organisationId, member, isSelf, canManage }: MemberLineProps) => {
  const t = useTranslations("ownOrganisation.people");
  const locale = useLocale();
  const [asked, setAsked] = useState<Asked | null>(null);
  const name = member.full_name || member.masked_email;
  return (
    <li className="flex flex-col gap-2 py-4 sm:flex-row sm:items-center sm:justify-between sm:gap-4">
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-2 font-medium text-ink">
          {name}
          {isSelf && <Badge>{t("you")}</Badge>}
          {member.is_administrator && <Badge tone="primary">{t("administrator")}</Badge>}
        </p>
        {member.post && <p className="text-ink">{member.post}</p>}
        <p className="text-sm break-words text-muted">
          {[member.masked_email, t("since", { date: formatDate(member.since, locale, "from") })]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {canManage && !isSelf && (
        <div className="-ml-4 flex flex-wrap sm:ml-0 sm:shrink-0 sm:flex-nowrap">
          <Button
            variant="quiet"
            aria-label={t(member.is_administrator ? "takeAdministrator.label" : "makeAdministrator.label", {
              name,
            })}
            onClick={() => setAsked("administrator")}
          >
            {t(member.is_administrator ? "takeAdministrator.open" : "makeAdministrator.open")}
          </Button>
          <Button variant="quiet" aria-label={t("remove.label", { name })} onClick={() => setAsked("remove")}>
            {t("remove.open")}
          </Button>
        </div>
      )}
      {asked && (
        <AskedDialog
          organisationId={organisationId}
          member={member}
          asked={asked}
          onClose={() => setAsked(null)}
        />
      )}
    </li>
  );
};
