"use client";

import { Check, Circle, Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Field, fieldControlProps } from "@/components/ui/field";
import { inputStyles } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";
import { passwordFaults, SHORTEST_PASSWORD } from "@/lib/password-rules";

interface NewPasswordFieldProps {
  id: string;
  label: string;
  error?: string;
  value: string;
  onValueChange: (value: string) => void;
}

const Rule = ({ isMet, isWaiting, children }: { isMet: boolean; isWaiting: boolean; children: string }) => {
  const t = useTranslations("common.password");
  const isDone = isMet && !isWaiting;
  return (
    <li className={cn("flex items-start gap-2", isDone && "text-success")}>
      {isDone ? (
        <Check aria-hidden className="mt-0.5 size-4 shrink-0" />
      ) : (
        <Circle aria-hidden className="mt-0.5 size-4 shrink-0 text-field-line" />
      )}
      <span>
        {children}
        {!isWaiting && <span className="sr-only">: {isMet ? t("met") : t("unmet")}</span>}
      </span>
    </li>
  );
};

/** A new password that can be looked at; what it must have is ticked off while typing, the rest the server judges. */
export const NewPasswordField = ({ id, label, error, value, onValueChange }: NewPasswordFieldProps) => {
  const t = useTranslations("common.password");
  const [isShown, setShown] = useState(false);
  const faults = passwordFaults(value);
  const isWaiting = value === "";
  const help = (
    <ul className="flex flex-col gap-1">
      <Rule isMet={!faults.includes("short")} isWaiting={isWaiting}>
        {t("length", { count: SHORTEST_PASSWORD })}
      </Rule>
      <Rule isMet={!faults.includes("digits")} isWaiting={isWaiting}>
        {t("notOnlyDigits")}
      </Rule>
      <li>{t("notCommon")}</li>
    </ul>
  );
  return (
    <Field id={id} label={label} help={help} error={error}>
      <div className="relative">
        <input
          {...fieldControlProps({ id, help, error })}
          name="new-password"
          type={isShown ? "text" : "password"}
          autoComplete="new-password"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
          value={value}
          onChange={(event) => onValueChange(event.target.value)}
          className={cn(inputStyles, "pr-14")}
        />
        <button
          type="button"
          aria-pressed={isShown}
          aria-label={t("show")}
          onClick={() => setShown(!isShown)}
          className="absolute top-0.5 right-0.5 flex size-11 items-center justify-center rounded-field text-muted hover:bg-primary-soft"
        >
          {isShown ? <EyeOff aria-hidden className="size-5" /> : <Eye aria-hidden className="size-5" />}
        </button>
      </div>
      <p role="status" className="sr-only">
        {!isWaiting && (faults.length === 0 ? t("allMet") : "")}
      </p>
    </Field>
  );
};
