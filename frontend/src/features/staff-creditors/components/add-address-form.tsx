"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { useAddAddress } from "../mutations";

const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** A new address is only written down; letters wait until it is confirmed as well. */
export const AddAddressForm = ({ creditorId }: { creditorId: string }) => {
  const t = useTranslations("staff.creditors.add");
  const describe = useProblemText();
  const id = useId();
  const [value, setValue] = useState("");
  const [wrong, setWrong] = useState<"missing" | "shape">();
  const add = useAddAddress(creditorId, () => setValue(""));
  const fieldError = isProblem(add.error) ? add.error.fieldError("/value")?.detail : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    const address = value.trim();
    const problem = address === "" ? "missing" : LOOKS_LIKE_EMAIL.test(address) ? undefined : "shape";
    setWrong(problem);
    if (problem) document.getElementById(id)?.focus();
    else add.mutate(address);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      {add.error && !fieldError && (
        <Alert tone="danger" live>
          {describe(add.error)}
        </Alert>
      )}
      <TextInput
        id={id}
        type="email"
        inputMode="email"
        autoComplete="off"
        maxLength={254}
        label={t("label")}
        help={t("help")}
        error={wrong ? t(wrong) : fieldError}
        value={value}
        onChange={(event) => {
          setValue(event.target.value);
          setWrong(undefined);
          add.reset();
        }}
      />
      <Button type="submit" variant="secondary" busy={add.isPending} className="sm:self-start">
        {t("submit")}
      </Button>
    </form>
  );
};
