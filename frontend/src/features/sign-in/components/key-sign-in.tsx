"use client";

import { useTranslations } from "next-intl";

import type { Session } from "@/api/types";
import { KeyChallenge } from "@/components/eds/key-challenge";
import { useEnterSession } from "@/lib/session";

import { secondStepMethods } from "../second-step";
import { SecondStep } from "./second-step";

/** In by a key of the National Certification Authority; whoever has a second factor shows it after. */
export const KeySignIn = ({ onDone }: { onDone: (session: Session) => void }) => {
  const t = useTranslations("signIn.other");
  const enter = useEnterSession();
  return (
    <KeyChallenge<Session>
      askPath="/auth/eds/challenge/"
      answerPath="/auth/eds/"
      label={t("eds")}
      isAsked
      onDone={(session) => {
        enter(session);
        onDone(session);
      }}
      isHandled={(error, startAgain) => {
        const methods = secondStepMethods(error);
        return methods && <SecondStep methods={methods} onDone={onDone} onStartAgain={startAgain} />;
      }}
    />
  );
};
