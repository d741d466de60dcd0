"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";

import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { PasskeyCancelled } from "@/lib/passkeys";

import { useProveByPasskey } from "../mutations";

export const PasskeyProof = ({ onProven }: { onProven: () => void }) => {
  const t = useTranslations("proof");
  const prove = useProveByPasskey(onProven);
  return (
    <div className="flex flex-col gap-4">
      {prove.error instanceof PasskeyCancelled ? (
        <Alert tone="warning" live>
          {t("passkeyCancelled")}
        </Alert>
      ) : (
        <ProblemAlert error={prove.error} />
      )}
      <p>{t("passkeyText")}</p>
      <Button
        size="large"
        autoFocus
        busy={prove.isPending}
        onClick={() => prove.mutate()}
        className="sm:self-start"
      >
        <KeyRound aria-hidden className="size-5" />
        {t("passkeyButton")}
      </Button>
    </div>
  );
};
