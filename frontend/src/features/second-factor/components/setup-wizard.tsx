"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";

import { RecoveryCodes } from "@/components/recovery-codes";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { factorsQuery } from "@/lib/second-factors";

import { PasskeySetup } from "./passkey-setup";
import { TotpSetup } from "./totp-setup";
import { type Way, WayChoice } from "./way-choice";

interface SetupWizardProps {
  /** Named by the link that led here; without it the person chooses. */
  initialWay: Way | null;
  /** Everything is set up: on to where the person was going. */
  onFinished: () => void;
}

const Step = ({ title, children }: { title: string; children: ReactNode }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [title]);
  return (
    <Card className="flex flex-col gap-4">
      <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold">
        {title}
      </h2>
      {children}
    </Card>
  );
};

const Waiting = () => {
  const t = useTranslations("common");
  return (
    <Loading label={t("loading")} className="flex flex-col gap-3">
      <Skeleton className="h-20" />
      <Skeleton className="h-20" />
    </Loading>
  );
};

/** Choosing a second factor, setting it up, keeping the recovery codes; each a step of its own. */
export const SetupWizard = ({ initialWay, onFinished }: SetupWizardProps) => {
  const t = useTranslations("secondFactor");
  const [way, setWay] = useState(initialWay);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { data: factors, error, refetch } = useQuery(factorsQuery);
  const hasFactor = factors?.items.some((item) => item.kind !== "recovery_codes") ?? false;

  if (codes) {
    return codes.length > 0 ? (
      <Step title={t("codesTitle")}>
        <RecoveryCodes codes={codes} doneLabel={t("codesKept")} onDone={onFinished} />
      </Step>
    ) : (
      <Step title={t("doneTitle")}>
        <p className="measure">{t("doneText")}</p>
        <Button size="large" onClick={onFinished} className="sm:self-start">
          {t("goOn")}
        </Button>
      </Step>
    );
  }
  if (way) {
    return (
      <Step title={t(way === "totp" ? "totp.title" : "passkey.title")}>
        {way === "totp" ? <TotpSetup onCodes={setCodes} /> : <PasskeySetup onCodes={setCodes} />}
        <Button variant="quiet" onClick={() => setWay(null)} className="-ml-4 self-start">
          {t("otherWay")}
        </Button>
      </Step>
    );
  }
  if (error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!factors) return <Waiting />;
  return (
    <div className="flex flex-col gap-4">
      {hasFactor && (
        <Alert tone="success" title={t("alreadyTitle")}>
          <p>{t("alreadyText")}</p>
          <Button variant="secondary" onClick={onFinished} className="mt-2 self-start">
            {t("goOn")}
          </Button>
        </Alert>
      )}
      {factors.required && !hasFactor && <Alert tone="info">{t("required")}</Alert>}
      <WayChoice onChoose={setWay} />
    </div>
  );
};
