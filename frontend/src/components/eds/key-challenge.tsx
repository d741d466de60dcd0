"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef } from "react";

import { ChoosingKey } from "./choosing-key";
import { EdsRefusal } from "./eds-refusal";
import { KeyButton } from "./key-button";
import { useKeptFocus } from "./use-kept-focus";
import { useKeyChallenge } from "./use-key-challenge";

interface KeyChallengeProps<T> {
  askPath: string;
  answerPath: string;
  label: string;
  /** The button was pressed already, before this code had come. */
  isAsked?: boolean;
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
  isAsked = false,
  isHandled,
  className,
  onDone,
}: KeyChallengeProps<T>) => {
  const t = useTranslations("eds.choosing");
  const challenge = useKeyChallenge<T>({ askPath, answerPath, onDone });
  const button = useRef<HTMLButtonElement>(null);
  const begin = useEffectEvent(challenge.start);
  useEffect(() => {
    if (!isAsked) return;
    // Not at once: React's check for forgotten clean-up mounts everything twice.
    const timer = setTimeout(() => begin(), 0);
    return () => clearTimeout(timer);
  }, [isAsked]);
  useKeptFocus(button, isAsked || challenge.error !== null);
  if (challenge.stage === "choosing") return <ChoosingKey onCancel={challenge.cancel} />;
  const handled = challenge.error ? isHandled?.(challenge.error, challenge.forget) : null;
  if (handled) return handled;
  return (
    <>
      <EdsRefusal error={challenge.error} />
      <KeyButton
        ref={button}
        className={className}
        busy={challenge.stage !== "idle"}
        onClick={challenge.start}
      >
        {challenge.stage === "checking" ? t("checking") : label}
      </KeyButton>
    </>
  );
};
