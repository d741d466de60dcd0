"use client";

import { useLocale, useTranslations } from "next-intl";

import type { RoundSigner } from "@/api/signing";
import type { PreviewPage } from "@/api/types";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDate, formatDateTime } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { useRemind } from "../mutations";
import { PaperCheck } from "./paper-check";
import { SignerCertificate } from "./signer-certificate";

const TONES: Record<RoundSigner["status"], BadgeTone> = {
  pending: "warning",
  in_progress: "warning",
  on_check: "info",
  signed: "success",
  approved: "success",
  copy: "neutral",
  expired: "danger",
  declined: "danger",
  failed: "neutral",
  cancelled: "neutral",
  delegated: "neutral",
};

const METHODS = ["sms", "eds", "egov_qr", "paper"] as const;
const PARTIES = [
  "borrower",
  "co_borrower",
  "guarantor",
  "pledgor",
  "representative",
  "lawyer",
  "mediator",
  "notary",
  "creditor",
  "manager",
] as const;

/** The word for what somebody is in the case; nothing for a role that this page does not know. */
export const usePartyWord = () => {
  const t = useTranslations("signers.party");
  return (role: string): string => {
    const known = PARTIES.find((one) => one === role);
    return known ? t(known) : "";
  };
};

const OPEN: readonly string[] = ["pending", "in_progress", "on_check"];

const Standing = ({ signer }: { signer: RoundSigner }) => {
  const t = useTranslations("signers");
  const locale = useLocale();
  const { status } = signer;
  if (status === "signed" || status === "approved") {
    const method = METHODS.find((one) => one === signer.method);
    const when = signer.signed_at ? formatDateTime(signer.signed_at, locale) : "";
    return (
      <p className="text-sm text-muted">
        {method ? t("signedBy", { when, method: t(`method.${method}`) }) : when}
      </p>
    );
  }
  if (status === "declined" && signer.reason) {
    return <p className="text-sm">{t("declinedWhy", { reason: signer.reason })}</p>;
  }
  if (!OPEN.includes(status) || signer.role === "copy") return null;
  return (
    <p className="text-sm text-muted">
      {t("until", { date: formatDate(signer.expires_at, locale, "until") })}
      {signer.reminded_at && ` · ${t("reminded", { date: formatDate(signer.reminded_at, locale) })}`}
    </p>
  );
};

interface SignerRowProps {
  documentId: string;
  /** Pages of the document, to compare a signed paper with. */
  pages: readonly PreviewPage[];
  signer: RoundSigner;
  /** Which in the order; nothing where the order does not count. */
  place: number | null;
}

/** One person of the round: who, as what, how far, and what the reader can do about it. */
export const SignerRow = ({ documentId, pages, signer, place }: SignerRowProps) => {
  const t = useTranslations("signers");
  const party = usePartyWord();
  const toast = useToast();
  const describe = useProblemText();
  const remind = useRemind(documentId, signer.id);
  const isNext = signer.is_turn && OPEN.includes(signer.status);
  const hasAnswered = signer.status === "signed" || signer.status === "approved";
  const about = [
    // What somebody did is said by the badge; until then, what he is asked to do.
    !hasAnswered && t(`role.${signer.role}`),
    party(signer.party_role),
    signer.organisation_name,
    signer.delegated_by && t("instead", { name: signer.delegated_by.name }),
  ].filter(Boolean);
  const checks = signer.paper !== null && signer.allowed_actions.includes("confirm_paper");
  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
      <div>
        <div className="flex items-start justify-between gap-3">
          <p className="min-w-0 flex-1 font-medium break-words text-ink">
            {place !== null && `${place}. `}
            {signer.person.name || t("noName")}
            {signer.is_me && <span className="font-normal text-muted"> ({t("you")})</span>}
          </p>
          <Badge tone={signer.is_turn || signer.status !== "pending" ? TONES[signer.status] : "neutral"}>
            {isNext && signer.status === "pending" ? t("now") : t(`status.${signer.status}`)}
          </Badge>
        </div>
        <p className="text-sm text-muted">{about.join(" · ")}</p>
      </div>
      <Standing signer={signer} />
      {signer.certificate && <SignerCertificate certificate={signer.certificate} />}
      {signer.paper?.status === "refused" && OPEN.includes(signer.status) && (
        <p className="text-sm">{t("paper.refusedWhy", { reason: signer.paper.reason })}</p>
      )}
      {checks && <PaperCheck documentId={documentId} pages={pages} signer={signer} />}
      {signer.allowed_actions.includes("remind") && (
        <Button
          variant="secondary"
          size="dense"
          className="self-start max-sm:min-h-11"
          busy={remind.isPending}
          aria-label={t("remindWho", { name: signer.person.name })}
          onClick={() =>
            remind.mutate(undefined, {
              onSuccess: () => toast.show("success", t("remindDone", { name: signer.person.name })),
              onError: (error) => toast.show("danger", describe(error)),
            })
          }
        >
          {t("remind")}
        </Button>
      )}
    </li>
  );
};
