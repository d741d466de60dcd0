"use client";

import { useTranslations } from "next-intl";

import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { PasskeyCancelled, PasskeyKnown } from "@/lib/passkeys";

/** Why a passkey did not work: turned away, already on this device, refused by the server, or no line. */
export const PasskeyProblem = ({ error }: { error: unknown }) => {
  const t = useTranslations("common.passkey");
  if (!error) return null;
  if (error instanceof PasskeyCancelled || error instanceof PasskeyKnown) {
    return (
      <Alert tone="warning" live>
        {t(error instanceof PasskeyKnown ? "known" : "cancelled")}
      </Alert>
    );
  }
  return <ProblemAlert error={error} />;
};
