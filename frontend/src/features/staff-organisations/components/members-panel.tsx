"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { Panel } from "@/components/desk/panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatDate } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { membersQuery } from "../queries";
import type { Member, Organisation } from "../types";
import { EditMemberDialog, InviteMemberDialog, RemoveMemberDialog } from "./member-dialogs";
import { MemberInvitations } from "./member-invitations";

interface MemberLineProps {
  member: Member;
  canManage: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

const MemberLine = ({ member, canManage, onEdit, onRemove }: MemberLineProps) => {
  const t = useTranslations("staffOrganisations.member");
  const locale = useLocale();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2">
          <Link
            href={`/staff/people/${member.person_id}`}
            prefetch={false}
            className="font-medium text-primary hover:underline"
          >
            {member.full_name || member.masked_email}
          </Link>
          {member.is_administrator && (
            <Badge tone="primary" className="text-xs">
              {t("administrator")}
            </Badge>
          )}
        </p>
        <p className="text-muted">
          {[
            member.post,
            member.roles.map(({ label }) => label).join(", "),
            t("since", { date: formatDate(member.since, locale, "from") }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {canManage && (
        <div className="flex gap-1">
          <Button
            variant="quiet"
            size="dense"
            aria-label={t("editTitle", { name: member.full_name })}
            onClick={onEdit}
          >
            {t("edit")}
          </Button>
          <Button
            variant="quiet"
            size="dense"
            aria-label={t("removeTitle", { name: member.full_name })}
            onClick={onRemove}
          >
            {t("remove")}
          </Button>
        </div>
      )}
    </li>
  );
};

type Opened = { kind: "invite" } | { kind: "edit" | "remove"; member: Member };

/** People who act for the organisation, and those who were asked to. */
export const MembersPanel = ({ organisation }: { organisation: Organisation }) => {
  const t = useTranslations("staffOrganisations.member");
  const [opened, setOpened] = useState<Opened | null>(null);
  const query = useQuery(membersQuery(organisation.id));
  const may = (action: string) => organisation.allowed_actions.includes(action);
  const close = () => setOpened(null);
  const canManage = may("manage_people");
  const members = query.data?.items ?? [];
  const invitations = query.data?.invitations ?? [];
  return (
    <Panel
      title={t("title")}
      action={
        may("invite") && (
          <Button
            size="dense"
            variant="secondary"
            className="max-sm:min-h-11"
            onClick={() => setOpened({ kind: "invite" })}
          >
            <UserPlus aria-hidden className="size-4" />
            {t("invite")}
          </Button>
        )
      }
    >
      <ListFrame
        query={query}
        count={members.length + invitations.length}
        empty={{ title: t("none"), text: t("noneText") }}
      >
        <ul className="divide-y divide-line">
          {members.map((member) => (
            <MemberLine
              key={member.membership_id}
              member={member}
              canManage={canManage}
              onEdit={() => setOpened({ kind: "edit", member })}
              onRemove={() => setOpened({ kind: "remove", member })}
            />
          ))}
        </ul>
        <MemberInvitations organisationId={organisation.id} invitations={invitations} canManage={canManage} />
      </ListFrame>
      {opened?.kind === "invite" && <InviteMemberDialog organisationId={organisation.id} onClose={close} />}
      {opened?.kind === "edit" && (
        <EditMemberDialog organisationId={organisation.id} member={opened.member} onClose={close} />
      )}
      {opened?.kind === "remove" && (
        <RemoveMemberDialog organisationId={organisation.id} member={opened.member} onClose={close} />
      )}
    </Panel>
  );
};
