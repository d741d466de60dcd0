"use client";

import { CircleCheck, CloudOff, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";

import type { SavingState } from "../hooks/use-draft-saving";

/** Where the answers are: on the server, on the way to it, or on this device alone. */
export const SavingNote = ({ state, onSignIn }: { state: SavingState; onSignIn: () => void }) => {
  const t = useTranslations("apply.saving");
  if (state === "signed_out") {
    return (
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-warning">
        {t("signed_out")}
        <Button variant="quiet" size="dense" onClick={onSignIn}>
          {t("signIn")}
        </Button>
      </p>
    );
  }
  const icons = { saved: CircleCheck, saving: LoaderCircle, waiting: CloudOff };
  const Icon = icons[state];
  return (
    <p role="status" className="flex items-center gap-1.5 text-sm text-muted">
      <Icon aria-hidden className="size-4" />
      {t(state)}
    </p>
  );
};
