"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import type { SessionUser } from "@/api/types";
import { KeyChallenge } from "@/components/eds/key-challenge";
import { useToast } from "@/components/ui/toast";
import { sessionKey } from "@/lib/session";
import { usePhone } from "@/lib/use-phone";

import { Section } from "./section";

/** A key that has proved the ИИН once opens the account from then on. */
export const EdsSection = () => {
  const t = useTranslations("security.eds");
  const toast = useToast();
  const queryClient = useQueryClient();
  const isPhone = usePhone();
  return (
    <Section id="security-eds" title={t("title")} lead={t("text")}>
      {isPhone ? (
        <p className="text-muted">{t("phone")}</p>
      ) : (
        <KeyChallenge<SessionUser>
          askPath="/me/eds/challenge/"
          answerPath="/me/eds/"
          label={t("confirm")}
          className="self-start"
          onDone={() => {
            void queryClient.invalidateQueries({ queryKey: sessionKey });
            toast.show("success", t("done"));
          }}
        />
      )}
    </Section>
  );
};
