"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";

import { PasskeyProblem } from "@/components/passkey-problem";
import { Button } from "@/components/ui/button";

import { useProveByPasskey } from "../mutations";

export const PasskeyProof = ({ onProven }: { onProven: () => void }) => {
  const t = useTranslations("proof");
  const prove = useProveByPasskey(onProven);
  return (
    <div className="flex flex-col gap-4">
      <PasskeyProblem error={prove.error} />
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
