"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import type { CodeSent } from "@/api/types";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { isProblem } from "@/lib/problem";

import { useAskRecovery } from "../mutations";
import { type Address, addressSchema, toAddress } from "../schemas";

interface AddressStepProps {
  typed: string;
  onTypedChange: (typed: string) => void;
  onSent: (address: Address, answer: CodeSent) => void;
}

const FIELD = "recover-address";

/** One question: where the code can reach the person. The answer is the same for known and unknown addresses. */
export const AddressStep = ({ typed, onTypedChange, onSent }: AddressStepProps) => {
  const t = useTranslations("recover");
  const [fault, setFault] = useState<"addressMissing" | "addressWrong">();
  const ask = useAskRecovery();
  const refused = isProblem(ask.error)
    ? (ask.error.fieldError("/email") ?? ask.error.fieldError("/phone"))
    : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ask.isPending) return;
    const judged = addressSchema.safeParse(typed);
    if (!judged.success) {
      setFault(judged.error.issues[0]?.message === "addressMissing" ? "addressMissing" : "addressWrong");
      document.getElementById(FIELD)?.focus();
      return;
    }
    const address = toAddress(judged.data);
    ask.mutate(address, {
      onSuccess: (answer) => onSent(address, answer),
      onError: () => document.getElementById(FIELD)?.focus(),
    });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {!refused && <ProblemAlert error={ask.error} />}
      <TextInput
        id={FIELD}
        label={t("address")}
        help={t("addressHelp")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        error={fault ? t(fault) : refused ? refused.detail || t("addressWrong") : undefined}
        value={typed}
        onChange={(event) => {
          onTypedChange(event.target.value);
          setFault(undefined);
          if (ask.error) ask.reset();
        }}
      />
      <Button type="submit" size="large" busy={ask.isPending} className="sm:self-start">
        {t("getCode")}
      </Button>
    </form>
  );
};
