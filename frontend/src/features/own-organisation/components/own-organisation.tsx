"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useState } from "react";

import type { SessionUser } from "@/api/types";
import { Loaded } from "@/components/loaded";
import { ProblemState } from "@/components/state-panels";
import { Button, buttonStyles } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/lib/i18n/navigation";
import { Problem } from "@/lib/problem";
import { sessionQuery } from "@/lib/session";

import { organisationPeopleQuery, organisationQuery, type OwnOrganisation } from "../queries";
import { InvitationLine } from "./invitation-line";
import { InviteDialog } from "./invite-dialog";
import { MemberLine } from "./member-line";
import { OrganisationCard } from "./organisation-card";

const People = ({ organisation, personId }: { organisation: OwnOrganisation; personId: string }) => {
  const t = useTranslations("ownOrganisation");
  const query = useQuery(organisationPeopleQuery(organisation.id));
  const [isInviting, setInviting] = useState(false);
  const canManage = organisation.allowed_actions.includes("manage_people");
  return (
    <Card className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg font-semibold">{t("people.title")}</h2>
        {organisation.allowed_actions.includes("invite") && (
          <Button onClick={() => setInviting(true)}>
            <UserPlus aria-hidden className="size-5" />
            {t("invite.open")}
          </Button>
        )}
      </div>
      <Loaded query={query} shapes={["h-16", "h-16"]}>
        {({ items, invitations }) => (
          <>
            <ul className="flex flex-col divide-y divide-line">
              {items.map((member) => (
                <MemberLine
                  key={member.membership_id}
                  organisationId={organisation.id}
                  member={member}
                  isSelf={member.person_id === personId}
                  canManage={canManage}
                />
              ))}
            </ul>
            {items.length <= 1 && invitations.length === 0 && (
              <p className="text-muted">{t("people.alone")}</p>
            )}
            {invitations.length > 0 && (
              <section className="flex flex-col">
                <h3 className="font-semibold">{t("invitations.title")}</h3>
                <ul className="flex flex-col divide-y divide-line">
                  {invitations.map((invitation) => (
                    <InvitationLine
                      key={invitation.id}
                      organisationId={organisation.id}
                      invitation={invitation}
                      canManage={canManage}
                    />
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </Loaded>
      {isInviting && <InviteDialog organisationId={organisation.id} onClose={() => setInviting(false)} />}
    </Card>
  );
};

type Membership = SessionUser["organisations"][number];

/** Somebody may administer two; the address keeps which one is open. */
const Chooser = ({ own, openId }: { own: readonly Membership[]; openId: string }) => {
  const t = useTranslations("ownOrganisation");
  return (
    <nav aria-label={t("choose")} className="flex flex-wrap gap-2">
      {own.map(({ id, name }) => (
        <Link
          key={id}
          href={`/organisation?id=${id}`}
          aria-current={id === openId ? "page" : undefined}
          className={buttonStyles({ variant: id === openId ? "primary" : "secondary" })}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
};

export const OwnOrganisationScreen = () => {
  const params = useSearchParams();
  const { data: session } = useQuery(sessionQuery);
  const own = session?.user?.organisations.filter((item) => item.is_administrator) ?? [];
  const open = own.find((item) => item.id === params.get("id")) ?? own[0];
  const query = useQuery({ ...organisationQuery(open?.id ?? ""), enabled: open !== undefined });
  if (!open) return <ProblemState error={new Problem(403, {})} />;
  return (
    <div className="flex flex-col gap-4">
      {own.length > 1 && <Chooser own={own} openId={open.id} />}
      <Loaded query={query} shapes={["h-64", "h-64"]}>
        {(organisation) => (
          <>
            <OrganisationCard key={organisation.id} organisation={organisation} />
            <People organisation={organisation} personId={session?.user?.id ?? ""} />
          </>
        )}
      </Loaded>
    </div>
  );
};
