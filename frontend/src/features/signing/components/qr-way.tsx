"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import * as z from "zod/mini";

import type { QrOperation } from "@/api/signing";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { hasCode, isProblem } from "@/lib/problem";
import { useCountdown } from "@/lib/use-countdown";
import { useDeviceDraft } from "@/lib/use-device-draft";
import { usePhone } from "@/lib/use-phone";

import { useCancelQr, useStartQr } from "../mutations";
import { qrQuery } from "../queries";
import type { WayProps } from "../way-props";
import { QrCode } from "./qr-code";

const operationShape = z.nullable(z.string());

interface EndedProps {
  operation: QrOperation;
  isOver: boolean;
  busy: boolean;
  onAgain: () => void;
}

/** Why it ended without a signature, in words, and the way back in. */
const Ended = ({ operation, isOver, busy, onAgain }: EndedProps) => {
  const t = useTranslations("signing.qr");
  const isExpired = isOver || operation.state === "expired";
  return (
    <>
      <Alert tone={isExpired || operation.state === "refused" ? "info" : "danger"} live>
        <p>{isExpired ? t("expired") : operation.detail || t("failed")}</p>
      </Alert>
      <Button size="large" className="sm:self-start" busy={busy} onClick={onAgain}>
        {t("again")}
      </Button>
    </>
  );
};

interface RunningProps {
  operationId: string;
  busy: boolean;
  onAgain: () => void;
  onSigned: () => void;
  /** The server knows of no such attempt any more. */
  onGone: () => void;
}

const Running = ({ operationId, busy, onAgain, onSigned, onGone }: RunningProps) => {
  const t = useTranslations("signing.qr");
  const { data, error } = useQuery(qrQuery(operationId));
  const cancel = useCancelQr();
  const left = useCountdown(data?.expires_at ? Date.parse(data.expires_at) : null);
  const isSigned = data?.state === "signed";
  const isGone = isProblem(error) && error.status === 404;
  const tellSigned = useEffectEvent(onSigned);
  const tellGone = useEffectEvent(onGone);

  useEffect(() => {
    if (isSigned) tellSigned();
  }, [isSigned]);
  useEffect(() => {
    if (isGone) tellGone();
  }, [isGone]);

  if (!data || data.state === "preparing" || isSigned) {
    return (
      <Loading label={t("preparing")} className="flex flex-col gap-3">
        <p>{t(isSigned ? "checking" : "preparing")}</p>
        {!isSigned && <Skeleton className="size-60" />}
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
      <ProblemAlert error={cancel.error} />
      <Button
        variant="secondary"
        className="sm:self-start"
        busy={cancel.isPending}
        onClick={() => cancel.mutate(operationId)}
      >
        {t("cancel")}
      </Button>
    </>
  );
};

/** Signing in eGov mobile: the document goes to the service that makes the QR, so it starts only when asked to. */
export const QrWay = ({ requestId, onSigned, onChanged }: WayProps) => {
  const t = useTranslations("signing.qr");
  const isPhone = usePhone();
  // An old phone drops this page while eGov mobile is open: the attempt is found again when the person comes back.
  const attempt = useDeviceDraft<string | null>("signing-qr", requestId, operationShape, null);
  const start = useStartQr(requestId, (operation) => attempt.keep(operation.id));
  const begin = () =>
    start.mutate(undefined, {
      onError: (error) => {
        if (hasCode(error, "signature.already_signed")) onSigned(null);
        else if (hasCode(error, "signing.document_changed")) onChanged();
      },
    });
  return (
    <>
      {attempt.draft ? (
        <Running
          key={attempt.draft}
          operationId={attempt.draft}
          busy={start.isPending}
          onAgain={begin}
          onSigned={() => {
            attempt.forget();
            onSigned(null);
          }}
          onGone={() => attempt.keep(null)}
        />
      ) : (
        <>
          <p className="measure">{t(isPhone ? "textPhone" : "text")}</p>
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
