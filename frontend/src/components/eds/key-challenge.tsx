"use client";

import { BadgeCheck } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";

import { ChoosingKey } from "./choosing-key";
import { EdsRefusal } from "./eds-refusal";
import { useKeyChallenge } from "./use-key-challenge";

interface KeyChallengeProps<T> {
  askPath: string;
  answerPath: string;
  label: string;
  /** What stands instead of everything after an answer that is no failure, such as a second step. */
  isHandled?: (error: unknown, startAgain: () => void) => React.ReactNode;
  className?: string;
  onDone: (answer: T) => void;
}

/** One button that has NCALayer prove who sits here, and everything that can come of it. */
export const KeyChallenge = <T,>({
  askPath,
  answerPath,
  label,
  isHandled,
  className,
  onDone,
}: KeyChallengeProps<T>) => {
  const t = useTranslations("eds.choosing");
  const challenge = useKeyChallenge<T>({ askPath, answerPath, onDone });
  if (challenge.stage === "choosing") return <ChoosingKey onCancel={challenge.cancel} />;
  const handled = challenge.error ? isHandled?.(challenge.error, challenge.forget) : null;
  if (handled) return handled;
  return (
    <>
      <EdsRefusal error={challenge.error} />
      <Button
        variant="secondary"
        size="large"
        className={className}
        busy={challenge.stage !== "idle"}
        onClick={challenge.start}
      >
        <BadgeCheck aria-hidden className="size-5 text-primary" />
        {challenge.stage === "checking" ? t("checking") : label}
      </Button>
    </>
  );
};
