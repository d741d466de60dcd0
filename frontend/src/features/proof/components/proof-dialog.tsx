"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { ProofMethod } from "@/api/identity";
import { ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { supportsPasskeys } from "@/lib/passkeys";

import { proofWaysQuery } from "../queries";
import { CodeProof } from "./code-proof";
import { PasskeyProof } from "./passkey-proof";
import { PasswordProof } from "./password-proof";
import type { ProofDialogProps } from "./proof-gate";
import { TotpProof } from "./totp-proof";

interface WayProps {
  method: ProofMethod;
  codeTo: string;
  onProven: () => void;
}

const Way = ({ method, codeTo, onProven }: WayProps) => {
  switch (method) {
    case "password":
      return <PasswordProof onProven={onProven} />;
    case "totp":
      return <TotpProof onProven={onProven} />;
    case "passkey":
      return <PasskeyProof onProven={onProven} />;
    case "code":
      return <CodeProof to={codeTo} onProven={onProven} />;
  }
};

const Ways = ({ onProven }: { onProven: () => void }) => {
  const t = useTranslations("proof");
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(proofWaysQuery);
  const [chosen, setChosen] = useState<ProofMethod>();

  if (error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-3">
        <Skeleton className="h-6 w-24" />
        <Skeleton className="h-12" />
        <Skeleton className="h-11 w-40" />
      </Loading>
    );
  }
  const methods = data.methods.filter((method) => method !== "passkey" || supportsPasskeys());
  const method = chosen ?? methods[0];
  if (!method) return <p>{t(data.methods.length === 0 ? "nothing" : "noWays")}</p>;
  const codeTo = data.code_to ?? "";
  const others = methods.filter((item) => item !== method);
  const nameOf = (item: ProofMethod) =>
    t(item === "code" ? (codeTo.includes("@") ? "ways.email" : "ways.sms") : `ways.${item}`);
  return (
    <>
      <Way key={method} method={method} codeTo={codeTo} onProven={onProven} />
      {others.length > 0 && (
        <div role="group" aria-label={t("otherWays")} className="border-t border-line pt-3">
          <p aria-hidden className="text-sm text-muted">
            {t("otherWays")}
          </p>
          <div className="-ml-4 flex flex-wrap">
            {others.map((item) => (
              <Button key={item} variant="quiet" onClick={() => setChosen(item)}>
                {nameOf(item)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </>
  );
};

/** Asks once more who sits here, in one of the ways that the server offers; the request behind it waits. */
export const ProofDialog = ({ onSettle }: ProofDialogProps) => {
  const t = useTranslations("proof");
  const common = useTranslations("common");
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onSettle(false);
      }}
      title={t("title")}
      description={t("text")}
      closeLabel={common("close")}
    >
      <Ways onProven={() => onSettle(true)} />
    </Dialog>
  );
};
