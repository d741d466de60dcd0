"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import type { TotpStart } from "@/api/identity";
import { AppCodeForm } from "@/components/app-code-form";
import { CopyButton } from "@/components/copy-button";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { hasCode } from "@/lib/problem";

import { useConfirmTotp, useStartTotp } from "../mutations";

/** The picture carries its own white ground: a dark page would make it unreadable for cameras. */
const pictureAddress = (svg: string): string =>
  `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.replace("<svg ", '<svg style="background:white" '))}`;

const Secret = ({ started }: { started: TotpStart }) => {
  const t = useTranslations("secondFactor.totp");
  const heading = useRef<HTMLHeadingElement>(null);
  const groups = started.secret.match(/.{1,4}/g) ?? [];
  // The button that was pressed is gone: reading goes on where the new part begins.
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className="font-semibold">
        {t("scanTitle")}
      </h3>
      <div className="flex flex-col gap-4 sm:flex-row sm:items-start">
        {/* eslint-disable-next-line @next/next/no-img-element -- a picture out of the answer itself, nothing to optimise */}
        <img
          src={pictureAddress(started.qr_svg)}
          alt={t("qrAlt")}
          width={200}
          height={200}
          className="size-50 shrink-0 self-center rounded-field border border-line sm:self-start"
        />
        <div className="flex min-w-0 flex-col items-start gap-3">
          <p>{t("noCamera")}</p>
          <p className="font-medium tracking-wider break-words text-ink">
            <span className="sr-only">{t("secret")}: </span>
            {groups.join(" ")}
          </p>
          <CopyButton text={started.secret} label={t("copySecret")} />
          <a
            href={started.otpauth_url}
            className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4 sm:hidden"
          >
            {t("openApp")}
          </a>
        </div>
      </div>
    </>
  );
};

/** An authenticator app: what to install, the picture to scan, the first code as proof that it works. */
export const TotpSetup = ({ onCodes }: { onCodes: (codes: string[]) => void }) => {
  const t = useTranslations("secondFactor.totp");
  const start = useStartTotp();
  const confirm = useConfirmTotp(onCodes);
  const started = hasCode(confirm.error, "auth.factor_not_started") ? undefined : start.data;

  if (!started) {
    return (
      <div className="flex flex-col gap-4">
        <ProblemAlert error={start.error ?? confirm.error} />
        <p className="measure">{t("install")}</p>
        <Button
          size="large"
          busy={start.isPending}
          onClick={() => {
            confirm.reset();
            start.mutate();
          }}
          className="sm:self-start"
        >
          {t("show")}
        </Button>
      </div>
    );
  }
  return (
    <ol className="flex flex-col gap-6">
      <li className="flex flex-col gap-3">
        <Secret started={started} />
      </li>
      <li className="flex flex-col gap-3">
        <h3 className="font-semibold">{t("codeTitle")}</h3>
        <AppCodeForm
          submitLabel={t("confirm")}
          error={confirm.error}
          busy={confirm.isPending}
          onConfirm={(code) => confirm.mutate(code)}
          onEdit={() => confirm.error && confirm.reset()}
          autoFocus={false}
        />
      </li>
    </ol>
  );
};
