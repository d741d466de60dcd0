"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { SigningRound } from "@/api/signing";
import type { PreviewPage } from "@/api/types";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button, buttonStyles } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { Link } from "@/lib/i18n/navigation";

import { useCancelRound } from "../mutations";
import { roundQuery } from "../queries";
import { SignerRow } from "./signer-row";

const RoundDialog = dynamic(() => import("./round-dialog").then((found) => found.RoundDialog), {
  ssr: false,
});

/** Nobody else is there to be asked: one's own signature has its own button. */
const isNothingNew = (round: SigningRound): boolean =>
  round.candidates.length < 2 &&
  round.signers.every((one) => one.is_me && ["pending", "in_progress"].includes(one.status));

const ENDED = ["declined", "expired", "failed", "cancelled", "replaced"] as const;
const ANSWERS = ["sign", "approve"];

const Own = ({ round }: { round: SigningRound }) => {
  const t = useTranslations("signers");
  const mine = round.signers.find((one) => one.allowed_actions.some((action) => ANSWERS.includes(action)));
  if (!mine) return null;
  return (
    <Link href={`/sign/${round.document.id}`} className={buttonStyles({ className: "sm:self-start" })}>
      {t(mine.role === "approver" ? "readAndApprove" : "readAndSign")}
    </Link>
  );
};

const Steps = ({ round }: { round: SigningRound }) => {
  const t = useTranslations("signers");
  const toast = useToast();
  const [open, setOpen] = useState<"round" | "cancel" | null>(null);
  const cancel = useCancelRound(round.document.id);
  const can = (action: string) => round.allowed_actions.includes(action);
  const close = () => setOpen(null);
  const isReplacing = can("replace");
  return (
    <div className="flex flex-col gap-2 empty:hidden sm:flex-row sm:flex-wrap">
      {(can("start") || isReplacing) && (
        <Button variant="secondary" onClick={() => setOpen("round")}>
          {t(isReplacing ? "replace" : "choose")}
        </Button>
      )}
      {can("cancel") && (
        <Button variant="quiet" onClick={() => setOpen("cancel")}>
          {t("cancel")}
        </Button>
      )}
      {open === "round" && <RoundDialog round={round} isReplacing={isReplacing} onClose={close} />}
      {open === "cancel" && (
        <ConfirmDialog
          title={t("cancelTitle", { number: round.document.number })}
          submitLabel={t("cancel")}
          danger
          busy={cancel.isPending}
          error={cancel.error}
          onConfirm={() =>
            cancel.mutate(undefined, {
              onSuccess: () => {
                close();
                toast.show("success", t("cancelled"));
              },
            })
          }
          onClose={close}
        >
          <p>{t("cancelText")}</p>
        </ConfirmDialog>
      )}
    </div>
  );
};

/** Who signs a document, in which order and till when, whose turn it is, and what can be done about it. */
export const SignersPanel = ({
  documentId,
  pages = [],
  hasOwnLink = false,
}: {
  documentId: string;
  pages?: readonly PreviewPage[];
  /** The way to one's own answer stands above already. */
  hasOwnLink?: boolean;
}) => {
  const t = useTranslations("signers");
  const { data: round, error } = useQuery(roundQuery(documentId));
  if (!round) {
    return error ? <ProblemAlert error={error} /> : <Skeleton className="h-24" />;
  }
  if (isNothingNew(round)) return null;
  const ended = ENDED.find((status) => status === round.status);
  return (
    <Card className="flex flex-col gap-3" aria-labelledby="signers">
      <div className="flex flex-col gap-1">
        <h2 id="signers" className="text-lg font-semibold">
          {t(round.status === "completed" ? "titleDone" : "title")}
        </h2>
        {round.id === null && <p className="measure text-muted">{t("none")}</p>}
        {round.id !== null && round.status === "open" && round.signers.length > 1 && (
          <p className="text-muted">{t(round.is_ordered ? "ordered" : "anyOrder")}</p>
        )}
      </div>
      {ended && <Alert tone="info">{t(`round.${ended}`)}</Alert>}
      {round.signers.length > 0 && (
        <ol className="flex flex-col divide-y divide-line">
          {round.signers.map((signer) => (
            <SignerRow
              key={signer.id}
              documentId={documentId}
              pages={pages}
              signer={signer}
              place={round.is_ordered ? signer.position : null}
            />
          ))}
        </ol>
      )}
      {!hasOwnLink && <Own round={round} />}
      <Steps round={round} />
    </Card>
  );
};
