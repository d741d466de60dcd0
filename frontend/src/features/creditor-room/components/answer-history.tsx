"use client";

import { useLocale, useTranslations } from "next-intl";

import { Comparison } from "@/components/offers/comparison";
import type { CreditorAnswer } from "@/components/offers/types";
import { PaymentSchedule } from "@/components/schedules/payment-schedule";
import { Badge } from "@/components/ui/badge";
import { OpenFile } from "@/components/viewer/open-file";
import { formatDate, formatDateTime, formatMoney } from "@/lib/format";

import type { RoomLetterDetail } from "../types";

const Papers = ({ answer }: { answer: CreditorAnswer }) => {
  const t = useTranslations("room.history");
  return (
    <ul className="flex flex-col gap-2">
      {answer.papers.map((paper) => (
        <li key={paper.id} className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{paper.text || paper.label}</span>
          {paper.file_id && paper.file_state === "ready" && (
            <OpenFile
              fileId={paper.file_id}
              label={paper.file_name ?? t("open")}
              title={paper.text || paper.label}
            />
          )}
          {paper.file_state === "checking" && <Badge>{t("checking")}</Badge>}
          {paper.excuse && <span className="text-muted">{t("excuse", { words: paper.excuse })}</span>}
          {paper.file_state === "none" && !paper.excuse && <Badge>{t("waiting")}</Badge>}
        </li>
      ))}
    </ul>
  );
};

const Reply = ({ answer }: { answer: CreditorAnswer }) => {
  const t = useTranslations("room.history");
  const locale = useLocale();
  const { reply } = answer;
  if (!reply) return null;
  return (
    <div className="flex flex-col gap-1.5 rounded-card bg-primary-soft p-3">
      <p className="font-medium text-ink">
        {t("borrower")} {reply.kind_label}
        <span className="font-normal text-muted"> · {formatDateTime(reply.given_at, locale)}</span>
      </p>
      {reply.terms && (
        <p className="tabular-nums">
          {t("proposed", {
            months: reply.terms.term_months,
            payment: formatMoney(reply.outcome?.payment_tiyn ?? 0),
            rate: reply.terms.rate_percent ?? "—",
          })}
        </p>
      )}
      {reply.words && <p className="measure whitespace-pre-wrap">{reply.words}</p>}
    </div>
  );
};

const Answer = ({ answer }: { answer: CreditorAnswer }) => {
  const t = useTranslations("room.history");
  const locale = useLocale();
  return (
    <li className="flex flex-col gap-3 border-b border-line pb-4 last:border-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold text-ink">{answer.kind_label}</span>
        {!answer.current && <Badge>{t("replaced")}</Badge>}
        {answer.expired && answer.current && <Badge tone="warning">{t("expired")}</Badge>}
        <span className="text-xs text-muted">
          {answer.given_by}, {formatDateTime(answer.given_at, locale)}
        </span>
      </p>
      {answer.reason_label && <p className="font-medium">{answer.reason_label}</p>}
      {answer.words && <p className="measure whitespace-pre-wrap">{answer.words}</p>}
      {answer.valid_until && (
        <p className="text-muted">
          {t("validUntil", { date: formatDate(answer.valid_until, locale, "until") })}
        </p>
      )}
      {answer.after && answer.current && <Comparison before={answer.before} after={answer.after} />}
      {answer.current && <PaymentSchedule rows={answer.schedule} />}
      {answer.papers.length > 0 && <Papers answer={answer} />}
      {answer.file_id && <OpenFile fileId={answer.file_id} label={t("file")} title={t("file")} />}
      <Reply answer={answer} />
    </li>
  );
};

/** Everything that was answered about this debt, newest first, with what the borrower said to it. */
export const AnswerHistory = ({ letter }: { letter: RoomLetterDetail }) => {
  const t = useTranslations("room.history");
  if (letter.answers.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <ul className="flex flex-col gap-4">
      {letter.answers.map((answer) => (
        <Answer key={answer.id} answer={answer} />
      ))}
    </ul>
  );
};
