"use client";

import { CircleAlert, Clock, Hourglass, MailCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import type { Dispatch } from "@/api/types";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { cn } from "@/lib/cn";
import { formatDateTime } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";
import { codeIn } from "@/lib/story-codes";

import { useRetryDispatch } from "../../mutations";

const LOOKS: Record<Dispatch["status"], { icon: typeof Clock; tone: string }> = {
  waiting_address: { icon: Hourglass, tone: "text-warning" },
  waiting_consent: { icon: Hourglass, tone: "text-warning" },
  queued: { icon: Clock, tone: "text-info" },
  sending: { icon: Clock, tone: "text-info" },
  accepted: { icon: MailCheck, tone: "text-success" },
  delivered: { icon: MailCheck, tone: "text-success" },
  failed: { icon: CircleAlert, tone: "text-danger" },
};

const OUTCOMES = ["running", "accepted", "found", "refused", "temporary", "unknown"] as const;

/** The mail adapter's short reasons: `smtp_550`, `smtp_unreachable`, …; `_uncertain` says that it may have arrived. */
const useFailureWords = () => {
  const t = useTranslations("staff.dispatch.failure");
  return (reason: string): string => {
    const cause = reason.replace(/_uncertain$/, "");
    const code = /^smtp_(\d{3})$/.exec(cause)?.[1];
    const tail = cause === reason ? "" : ` ${t("uncertain")}`;
    if (code) return t(code.startsWith("5") ? "refused" : "busy", { code }) + tail;
    if (cause === "smtp_unreachable") return t("unreachable") + tail;
    if (cause === "smtp_no_answer") return t("noAnswer") + tail;
    return (cause === "expired" ? t("expired") : t("other", { code: cause })) + tail;
  };
};

const Attempts = ({ attempts }: { attempts: Dispatch["attempts"] }) => {
  const t = useTranslations("staff.dispatch");
  const locale = useLocale();
  return (
    <details>
      <summary className="min-h-9 py-1.5 text-primary">{t("attempts", { count: attempts.length })}</summary>
      <ol className="flex flex-col gap-1 pt-1">
        {attempts.map((attempt) => {
          const outcome = codeIn(OUTCOMES, attempt.outcome);
          return (
            <li key={attempt.started_at} className="flex flex-wrap items-center gap-x-2">
              <time dateTime={attempt.started_at}>{formatDateTime(attempt.started_at, locale)}</time>
              <span className="text-muted">{outcome ? t(`outcome.${outcome}`) : attempt.outcome}</span>
              {attempt.is_repeat && (
                <Badge tone="warning" className="text-xs">
                  {t("repeat")}
                </Badge>
              )}
            </li>
          );
        })}
      </ol>
    </details>
  );
};

interface DispatchBlockProps {
  caseId: string;
  dispatch: Dispatch;
}

/** Where a letter is on its way, with the proof: time, address, Message-ID and every attempt. */
export const DispatchBlock = ({ caseId, dispatch }: DispatchBlockProps) => {
  const t = useTranslations("staff.dispatch");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const retry = useRetryDispatch(caseId);
  const { icon: Icon, tone } = LOOKS[dispatch.status];
  const failureWords = useFailureWords();
  return (
    <div className="flex flex-col gap-1 rounded-field bg-canvas p-3">
      <p className={cn("flex items-start gap-2 font-medium", tone)}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          {t(`status.${dispatch.status}`)}
          {dispatch.accepted_at && (
            <time dateTime={dispatch.accepted_at} className="block font-normal text-text">
              {formatDateTime(dispatch.accepted_at, locale)}
            </time>
          )}
        </span>
      </p>
      {dispatch.status === "waiting_address" && <p>{t("waitingHelp")}</p>}
      {dispatch.status === "waiting_consent" && <p>{t("consentHelp")}</p>}
      {dispatch.address_masked_or_full && (
        <p className="break-all text-text">{dispatch.address_masked_or_full}</p>
      )}
      {dispatch.message_id_header && (
        <p className="text-xs break-all text-muted">
          {t("messageId")} <span className="select-all">{dispatch.message_id_header}</span>
        </p>
      )}
      {dispatch.status === "failed" && dispatch.failure && (
        <p className="text-danger">{failureWords(dispatch.failure)}</p>
      )}
      {dispatch.attempts.length > 0 && <Attempts attempts={dispatch.attempts} />}
      {dispatch.allowed_actions.includes("retry") && (
        <Button
          variant="secondary"
          size="dense"
          className="self-start"
          busy={retry.isPending}
          onClick={() =>
            retry.mutate(dispatch.id, {
              onSuccess: () => toast.show("success", t("retryDone")),
              onError: (error) => toast.show("danger", describe(error)),
            })
          }
        >
          {t("retry")}
        </Button>
      )}
    </div>
  );
};
