"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { Session } from "@/api/types";
import { KeyButton } from "@/components/eds/key-button";

const Coming = () => <KeyButton busy>{useTranslations("signIn.other")("eds")}</KeyButton>;

const KeySignIn = dynamic(() => import("./key-sign-in").then((found) => found.KeySignIn), {
  ssr: false,
  loading: Coming,
});

/** The way in by an own key: few take it, so what it needs is fetched when its button is pressed, in the button's place. */
export const KeyWay = ({ onDone }: { onDone: (session: Session) => void }) => {
  const t = useTranslations("signIn.other");
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <KeySignIn onDone={onDone} />;
  return <KeyButton onClick={() => setAsked(true)}>{t("eds")}</KeyButton>;
};
