"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import type { DocumentDetail, SignatureRequest } from "@/api/types";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { hasCode } from "@/lib/problem";

import { useApprove, useTextShown } from "../mutations";
import { type OwnPart, representativesQuery } from "../queries";
import { DeclineDialog } from "./decline-dialog";
import { ReadingEnd } from "./reading-end";
import { SigningWays } from "./signing-ways";

const DelegateDialog = dynamic(() => import("./delegate-dialog").then((found) => found.DelegateDialog), {
  ssr: false,
});

interface SigningActionsProps {
  document: DocumentDetail;
  part: OwnPart;
  onSigned: (request: SignatureRequest | null) => void;
  onDeclined: () => void;
  onDelegated: (name: string) => void;
  /** The document changed while it was read: it has to be shown anew. */
  onChanged: () => void;
}

const Approval = ({ document, part, onSigned, onChanged }: SigningActionsProps) => {
  const t = useTranslations("signing.approve");
  const approve = useApprove(part.requestId);
  const press = () =>
    approve.mutate(undefined, {
      onSuccess: onSigned,
      onError: (error) => {
        if (hasCode(error, "signature.already_signed")) onSigned(null);
        else if (hasCode(error, "signing.document_changed")) onChanged();
      },
    });
  return (
    <>
      <p className="measure">{t("text", { number: document.number })}</p>
      <ProblemAlert error={approve.error} />
      <Button size="large" className="sm:self-start" busy={approve.isPending} onClick={press}>
        {t("button")}
      </Button>
    </>
  );
};

const Answers = (props: SigningActionsProps) => {
  const { document, part, onSigned, onChanged } = props;
  if (part.role === "approver") return <Approval {...props} />;
  return (
    <SigningWays
      requestId={part.requestId}
      documentId={document.id}
      sha256={document.sha256 ?? ""}
      isOnCheck={part.status === "on_check"}
      onSigned={onSigned}
      onChanged={onChanged}
    />
  );
};

/** The end of the text, the ways to answer, and a way to say no that is open all the time. */
export const SigningActions = (props: SigningActionsProps) => {
  const { document, part, onDeclined, onDelegated, onChanged } = props;
  const t = useTranslations("signing");
  const [open, setOpen] = useState<"decline" | "delegate" | null>(null);
  const { data: powers } = useQuery({ ...representativesQuery, enabled: part.canDelegate });
  const representatives = powers?.items ?? [];
  const shown = useTextShown(part.requestId);
  const takesFocus = useRef(false);
  const title = useRef<HTMLHeadingElement>(null);
  const isReading = shown.isIdle;
  // The mark goes away together with the focus that stood on it: whoever came by keyboard goes on at the ways to sign.
  useEffect(() => {
    if (!isReading && takesFocus.current) title.current?.focus();
  }, [isReading]);
  const tell = (hadFocus: boolean) => {
    if (shown.isPending || shown.isSuccess) return;
    takesFocus.current = hadFocus;
    shown.mutate(document.sha256 ?? "", {
      onError: (error) => {
        if (hasCode(error, "signing.document_changed")) onChanged();
      },
    });
  };
  return (
    <>
      {shown.isIdle && <ReadingEnd onReached={tell} />}
      {!shown.isIdle && (
        <section
          aria-labelledby="signing-title"
          className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4 sm:p-6"
        >
          <h2 id="signing-title" ref={title} tabIndex={-1} className="text-lg font-semibold">
            {t(part.role === "approver" ? "approve.title" : "actionTitle")}
          </h2>
          {shown.isPending && (
            <Loading label={t("reading.opening")} className="flex flex-col gap-3">
              <Skeleton className="h-16" />
            </Loading>
          )}
          {shown.error && (
            <>
              <ProblemAlert error={shown.error} />
              <Button variant="secondary" className="self-start" onClick={() => tell(false)}>
                {t("reading.again")}
              </Button>
            </>
          )}
          {shown.isSuccess && <Answers {...props} />}
        </section>
      )}
      <div className="flex flex-col gap-2 border-t border-line pt-4 sm:flex-row">
        <Button variant="secondary" size="large" onClick={() => setOpen("decline")}>
          {t("declineButton")}
        </Button>
        {representatives.length > 0 && (
          <Button variant="quiet" size="large" onClick={() => setOpen("delegate")}>
            {t("delegate.button")}
          </Button>
        )}
      </div>
      <DeclineDialog
        requestId={part.requestId}
        open={open === "decline"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "decline" : null)}
        onDeclined={onDeclined}
      />
      {open === "delegate" && (
        <DelegateDialog
          requestId={part.requestId}
          representatives={representatives}
          onClose={() => setOpen(null)}
          onDelegated={onDelegated}
        />
      )}
    </>
  );
};
