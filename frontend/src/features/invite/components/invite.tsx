"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { Session } from "@/api/types";
import { Loaded } from "@/components/loaded";
import { Alert } from "@/components/ui/alert";
import { buttonStyles } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Link } from "@/lib/i18n/navigation";
import { hasCode, isProblem } from "@/lib/problem";
import { sessionQuery } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";

import { invitationQuery } from "../queries";
import { takeToken } from "../token";
import { AcceptForm } from "./accept-form";
import { AcceptSignedIn } from "./accept-signed-in";
import { InvitationFacts } from "./invitation-facts";

interface InviteProps {
  onDone: (session: Session) => void;
}

const Dead = ({ reason, isUsed = false }: { reason: string; isUsed?: boolean }) => {
  const t = useTranslations("invite");
  return (
    <div className="flex flex-col gap-4">
      <Alert tone="warning" title={reason}>
        {!isUsed && <p>{t("askAgain")}</p>}
      </Alert>
      <Link href="/sign-in/staff" className={buttonStyles({ variant: "secondary" })}>
        {t("toSignIn")}
      </Link>
    </div>
  );
};

/** Links that lead nowhere any more: everything the server refuses for good, in its own words. */
const deadReason = (error: unknown, broken: string): string | null => {
  if (!isProblem(error) || ![400, 404, 409].includes(error.status)) return null;
  return error.status === 409 ? error.detail || broken : broken;
};

const Invitation = ({ token, onDone }: InviteProps & { token: string }) => {
  const t = useTranslations("invite");
  const invitation = useQuery(invitationQuery(token));
  const session = useQuery(sessionQuery);
  const dead = deadReason(invitation.error, t("broken"));
  if (dead) return <Dead reason={dead} isUsed={hasCode(invitation.error, "invitation.already_used")} />;
  return (
    <Loaded query={invitation} shapes={["h-32", "h-48"]}>
      {(look) => (
        <Loaded query={session} shapes={["h-32", "h-48"]}>
          {({ user }) => (
            <div className="flex flex-col gap-6">
              <Card>
                <InvitationFacts invitation={look} />
              </Card>
              {user && <AcceptSignedIn token={token} invitation={look} user={user} onDone={onDone} />}
              {!user && look.needs_sign_in && (
                <>
                  <Alert tone="info">{t("needsSignIn")}</Alert>
                  <Link
                    href={`/sign-in/staff?next=${encodeURIComponent("/invite")}`}
                    className={buttonStyles({ size: "large" })}
                  >
                    {t("toSignIn")}
                  </Link>
                </>
              )}
              {!user && !look.needs_sign_in && <AcceptForm token={token} invitation={look} onDone={onDone} />}
            </div>
          )}
        </Loaded>
      )}
    </Loaded>
  );
};

const Waiting = () => {
  const t = useTranslations("common");
  return (
    <Loading label={t("loading")} className="flex flex-col gap-4">
      <Skeleton className="h-32" />
      <Skeleton className="h-48" />
    </Loading>
  );
};

const WithToken = ({ onDone }: InviteProps) => {
  const t = useTranslations("invite");
  const [token] = useState(takeToken);
  const [isDone, setDone] = useState(false);
  // The invitation is used up: looking at it once more on the way out would only tell so.
  if (isDone) return <Waiting />;
  if (!token) return <Dead reason={t("broken")} />;
  return (
    <Invitation
      token={token}
      onDone={(session) => {
        setDone(true);
        onDone(session);
      }}
    />
  );
};

/** An invitation from the mail: what it is about, then the account. What stands behind `#` only the browser knows. */
export const Invite = ({ onDone }: InviteProps) =>
  useHydrated() ? <WithToken onDone={onDone} /> : <Waiting />;
