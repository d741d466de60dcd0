"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { PasskeyProblem } from "@/components/passkey-problem";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";

import { useAddPasskey } from "../mutations";
import { passkeyNameSchema } from "../schemas";

export const PasskeySetup = ({ onCodes }: { onCodes: (codes: string[]) => void }) => {
  const t = useTranslations("secondFactor.passkey");
  const common = useTranslations("common");
  const [name, setName] = useState("");
  const add = useAddPasskey(onCodes);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!add.isPending) add.mutate(passkeyNameSchema.parse({ name }).name);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <PasskeyProblem error={add.error} />
      <p className="measure">{t("text")}</p>
      <TextInput
        id="passkey-name"
        label={t("name")}
        help={t("nameHelp")}
        optional={common("optional")}
        width="medium"
        autoComplete="off"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" size="large" busy={add.isPending} className="sm:self-start">
        <KeyRound aria-hidden className="size-5" />
        {t("create")}
      </Button>
    </form>
  );
};
