"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import { type SentCode, sentCodeNow } from "@/components/code-panel";
import { Alert } from "@/components/ui/alert";
import { buttonStyles } from "@/components/ui/button";
import { Link } from "@/lib/i18n/navigation";

import type { Address } from "../schemas";
import { AddressStep } from "./address-step";
import { PasswordStep } from "./password-step";

type Step = "address" | "password" | "done";

/** What the person gave is known here, what the server masked is better to show. */
const nameAddress = (sent: SentCode, address: Address): SentCode =>
  "email" in address ? { ...sent, maskedEmail: sent.maskedEmail ?? address.email } : sent;

/** Back in without the phone or the password: an address, the code from there, a new password. */
export const Recovery = () => {
  const t = useTranslations("recover");
  const heading = useRef<HTMLHeadingElement>(null);
  const [step, setStep] = useState<Step>("address");
  const [typed, setTyped] = useState("");
  const [address, setAddress] = useState<Address | null>(null);
  const [sent, setSent] = useState<SentCode | null>(null);

  useEffect(() => {
    if (step === "done") heading.current?.focus();
  }, [step]);

  if (step === "done") {
    return (
      <div className="flex flex-col gap-4">
        <h1 ref={heading} tabIndex={-1} className="text-xl font-bold sm:text-2xl">
          {t("doneTitle")}
        </h1>
        <Alert tone="success">{t("doneText")}</Alert>
        <div className="flex flex-col gap-2 sm:flex-row">
          <Link href="/sign-in/staff" className={buttonStyles({ size: "large" })}>
            {t("toPassword")}
          </Link>
          <Link href="/sign-in" className={buttonStyles({ size: "large", variant: "secondary" })}>
            {t("toPhone")}
          </Link>
        </div>
      </div>
    );
  }
  return (
    <>
      <div className="flex flex-col gap-2">
        <h1 className="text-xl font-bold sm:text-2xl">{t("title")}</h1>
        <p className="measure">{step === "address" ? t("text") : t("codeText")}</p>
      </div>
      {step === "password" && sent && address ? (
        <PasswordStep
          sent={sent}
          onSent={(next) => setSent(nameAddress(next, address))}
          onOtherAddress={() => setStep("address")}
          onDone={() => setStep("done")}
        />
      ) : (
        <AddressStep
          typed={typed}
          onTypedChange={setTyped}
          onSent={(given, answer) => {
            setAddress(given);
            setSent(nameAddress(sentCodeNow(answer), given));
            setStep("password");
          }}
        />
      )}
    </>
  );
};
