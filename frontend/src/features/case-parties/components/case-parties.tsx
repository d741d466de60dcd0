"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useProblemText } from "@/lib/use-problem-text";

import { ROLES } from "../invitation";
import { casePartiesQuery } from "../queries";
import { InviteDialog } from "./invite-dialog";
import { PartyLine } from "./party-line";

/** Who takes part in a case besides Kenes Hub. A failure here must not take the case itself away. */
export const CasePartiesBlock = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("parties");
  const states = useTranslations("states");
  const describe = useProblemText();
  const [isInviting, setInviting] = useState(false);
  const { data, error, refetch } = useQuery(casePartiesQuery(caseId));
  const roles = ROLES.filter((role) => data?.allowed_actions.includes(`add_${role}`));

  if (error && !data) {
    return (
      <Card className="flex flex-col gap-3" role="alert">
        <h2 className="text-lg font-semibold">{t("title")}</h2>
        <p>{describe(error)}</p>
        <Button variant="secondary" className="self-start" onClick={() => void refetch()}>
          {states("retry")}
        </Button>
      </Card>
    );
  }
  // Comes after the case itself and below it: nothing that is being read moves.
  if (!data || (data.items.length === 0 && roles.length === 0)) return null;
  return (
    <Card className="flex flex-col gap-3">
      <div className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold">{t("title")}</h2>
        {roles.length > 0 && <p className="measure text-sm text-muted">{t("lead")}</p>}
      </div>
      <ul className="flex flex-col divide-y divide-line">
        {data.items.map((party) => (
          <PartyLine key={party.id} caseId={caseId} party={party} />
        ))}
      </ul>
      {roles.length > 0 && (
        <Button variant="secondary" className="self-start" onClick={() => setInviting(true)}>
          <UserPlus aria-hidden className="size-5" />
          {t("invite.open")}
        </Button>
      )}
      {isInviting && <InviteDialog caseId={caseId} roles={roles} onClose={() => setInviting(false)} />}
    </Card>
  );
};
