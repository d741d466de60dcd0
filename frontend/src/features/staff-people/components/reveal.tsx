"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Button } from "@/components/ui/button";
import { useCountdown } from "@/lib/use-countdown";

import { useReveal } from "../mutations";
import type { Revealed } from "../types";

const SHOWN_MS = 60_000;

interface Shown {
  values: Revealed;
  until: number;
}

/** The hidden numbers for a minute; then the screen forgets them by itself. */
export const useShownNumbers = () => {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(null), Math.max(0, shown.until - Date.now()));
    return () => clearTimeout(timer);
  }, [shown]);
  return {
    values: shown?.values,
    until: shown?.until ?? null,
    show: (values: Revealed) => setShown({ values, until: Date.now() + SHOWN_MS }),
    hide: () => setShown(null),
  };
};

interface RevealButtonProps {
  personId: string;
  shown: ReturnType<typeof useShownNumbers>;
}

export const RevealButton = ({ personId, shown }: RevealButtonProps) => {
  const t = useTranslations("staffPeople.reveal");
  const [isAsking, setAsking] = useState(false);
  const left = useCountdown(shown.until);
  const reveal = useReveal(personId, (values) => {
    shown.show(values);
    setAsking(false);
  });
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {shown.until ? t("shownNow") : ""}
      </p>
      <Button
        variant="quiet"
        size="dense"
        className="-ml-3 self-start"
        onClick={shown.until ? shown.hide : () => setAsking(true)}
      >
        {shown.until ? <EyeOff aria-hidden className="size-5" /> : <Eye aria-hidden className="size-5" />}
        {shown.until ? t("hide", { seconds: left }) : t("show")}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={t("title")}
          lead={t("lead")}
          label={t("reason")}
          help={t("reasonHelp")}
          submitLabel={t("submit")}
          mutation={reveal}
          onSubmit={(reason) => reveal.mutate(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
};
