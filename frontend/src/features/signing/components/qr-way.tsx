"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";

import type { QrOperation } from "@/api/signing";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { hasCode } from "@/lib/problem";
import { useCountdown } from "@/lib/use-countdown";

import { useStartQr } from "../mutations";
import { qrQuery } from "../queries";
import type { WayProps } from "../way-props";
import { QrCode } from "./qr-code";

/** Why it ended without a signature, in words, and the way back in. */
const Ended = ({
  operation,
  isOver,
  busy,
  onAgain,
}: {
  operation: QrOperation;
  isOver: boolean;
  busy: boolean;
  onAgain: () => void;
}) => {
  const t = useTranslations("signing.qr");
  const isExpired = isOver || operation.state === "expired";
  return (
    <>
      <Alert tone={isExpired ? "info" : "danger"} live>
        <p>{isExpired ? t("expired") : operation.detail || t("failed")}</p>
      </Alert>
      <Button size="large" className="sm:self-start" busy={busy} onClick={onAgain}>
        {t("again")}
      </Button>
    </>
  );
};

const Running = ({
  first,
  busy,
  onAgain,
  onSigned,
}: {
  first: QrOperation;
  busy: boolean;
  onAgain: () => void;
  onSigned: () => void;
}) => {
  const t = useTranslations("signing.qr");
  const { data = first, error } = useQuery(qrQuery(first.id));
  const left = useCountdown(data.expires_at ? Date.parse(data.expires_at) : null);
  const isSigned = data.state === "signed";
  const tell = useEffectEvent(onSigned);

  useEffect(() => {
    if (isSigned) tell();
  }, [isSigned]);

  if (data.state === "preparing" || isSigned) {
    return (
      <Loading label={t("preparing")} className="flex flex-col gap-3">
        <p>{t(isSigned ? "checking" : "preparing")}</p>
        {!isSigned && <Skeleton className="size-56" />}
      </Loading>
    );
  }
  // The picture is of no use after its time, whatever the service has told by then.
  const isOver = data.state === "waiting" && data.expires_at !== null && left === 0;
  if (data.state !== "waiting" || isOver) {
    return <Ended operation={data} isOver={isOver} busy={busy} onAgain={onAgain} />;
  }
  return (
    <>
      {error && <Alert tone="info">{t("lineGone")}</Alert>}
      <QrCode operation={data} secondsLeft={data.expires_at ? left : null} />
    </>
  );
};

/** Signing in eGov mobile: the document goes to the service that makes the QR, so it starts only when asked to. */
export const QrWay = ({ requestId, onSigned, onChanged }: WayProps) => {
  const t = useTranslations("signing.qr");
  const [operation, setOperation] = useState<QrOperation | null>(null);
  const start = useStartQr(requestId, setOperation);
  const begin = () =>
    start.mutate(undefined, {
      onError: (error) => {
        if (hasCode(error, "signature.already_signed")) onSigned(null);
        else if (hasCode(error, "signing.document_changed")) onChanged();
      },
    });
  return (
    <>
      {operation ? (
        <Running
          key={operation.id}
          first={operation}
          busy={start.isPending}
          onAgain={begin}
          onSigned={() => onSigned(null)}
        />
      ) : (
        <>
          <p className="measure">{t("text")}</p>
          <Alert tone="info">{t("leaves")}</Alert>
          <Button size="large" className="sm:self-start" busy={start.isPending} onClick={begin}>
            {t("show")}
          </Button>
        </>
      )}
      <ProblemAlert error={start.error} />
    </>
  );
};
