"use client";

import { useTranslations } from "next-intl";

import type { InvitationLook } from "@/api/identity";
import type { Session, SessionUser } from "@/api/types";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { hasCode } from "@/lib/problem";
import { useSignOut } from "@/lib/session";

import { useAcceptInvitation } from "../mutations";

interface AcceptSignedInProps {
  token: string;
  invitation: InvitationLook;
  user: SessionUser;
  onDone: (session: Session) => void;
}

const OtherPerson = ({ name }: { name: string }) => {
  const t = useTranslations("invite");
  const signOut = useSignOut(() => window.location.reload());
  return (
    <>
      <ProblemAlert error={signOut.error} />
      <Alert tone="warning" live>
        {t("otherPerson", { name })}
      </Alert>
      <Button
        size="large"
        busy={signOut.isPending}
        onClick={() => signOut.mutate()}
        className="sm:self-start"
      >
        {t("signOut")}
      </Button>
    </>
  );
};

/** An invitation for somebody who has an account: one press, or a way out when it is for another person. */
export const AcceptSignedIn = ({ token, invitation, user, onDone }: AcceptSignedInProps) => {
  const t = useTranslations("invite");
  const accept = useAcceptInvitation(onDone);
  const name = user.full_name || user.email || user.masked_phone;
  if (!invitation.needs_sign_in || hasCode(accept.error, "invitation.other_person")) {
    return <OtherPerson name={name} />;
  }
  return (
    <>
      <ProblemAlert error={accept.error} />
      <p>{t("acceptAs", { name })}</p>
      <Button
        size="large"
        busy={accept.isPending}
        onClick={() =>
          accept.mutate({ token, full_name: user.full_name || invitation.full_name, password: "" })
        }
        className="sm:self-start"
      >
        {t("acceptSignedIn")}
      </Button>
    </>
  );
};
