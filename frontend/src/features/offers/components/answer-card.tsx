"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Comparison } from "@/components/offers/comparison";
import type { CreditorAnswer } from "@/components/offers/types";
import { PaymentSchedule } from "@/components/schedules/payment-schedule";
import { Alert } from "@/components/ui/alert";
import { OpenFile } from "@/components/viewer/open-file";
import { Button } from "@/components/ui/button";
import { formatDate, formatDateTime, formatMoney } from "@/lib/format";

import type { CaseAnswers } from "../queries";
import { CounterDialog } from "./counter-dialog";
import { PaperList } from "./paper-list";
import { ReplyDialog } from "./reply-dialog";

interface AnswerCardProps {
  caseId: string;
  debt: CaseAnswers;
  answer: CreditorAnswer;
}

const Terms = ({ answer }: { answer: CreditorAnswer }) => {
  const t = useTranslations("offers.answer");
  const { terms, forgiven } = answer;
  if (!terms) return null;
  const off = forgiven ? forgiven.principal_tiyn + forgiven.interest_tiyn + forgiven.penalty_tiyn : 0;
  return (
    <ul className="flex flex-col gap-1">
      <li>{t("term", { months: terms.term_months })}</li>
      {terms.rate_percent !== null && <li>{t("rate", { rate: terms.rate_percent })}</li>}
      {terms.defer_months > 0 && <li>{t("defer", { months: terms.defer_months })}</li>}
      {off > 0 && <li>{t("forgiven", { sum: formatMoney(off) })}</li>}
    </ul>
  );
};

const Buttons = ({ caseId, debt, answer }: AnswerCardProps) => {
  const t = useTranslations("offers.answer");
  const [open, setOpen] = useState<"accept" | "counter" | "decline" | null>(null);
  const can = (name: string) => answer.allowed_actions.includes(name);
  const left = debt.counter_rounds - debt.counter_rounds_used;
  const close = () => setOpen(null);
  if (!answer.allowed_actions.some((name) => name !== "give_papers")) return null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
        {can("accept") && <Button onClick={() => setOpen("accept")}>{t("accept")}</Button>}
        {can("counter") && (
          <Button variant="secondary" onClick={() => setOpen("counter")}>
            {t("counter")}
          </Button>
        )}
        {can("decline") && (
          <Button variant="quiet" onClick={() => setOpen("decline")}>
            {t("decline")}
          </Button>
        )}
      </div>
      {can("counter") && <p className="text-sm text-muted">{t("roundsLeft", { count: left })}</p>}
      {(open === "accept" || open === "decline") && (
        <ReplyDialog caseId={caseId} answer={answer} kind={open} onClose={close} />
      )}
      {open === "counter" && <CounterDialog caseId={caseId} answer={answer} onClose={close} />}
    </div>
  );
};

/** One answer of a creditor: what it means, what the borrower said, what he can do. */
export const AnswerCard = ({ caseId, debt, answer }: AnswerCardProps) => {
  const t = useTranslations("offers.answer");
  const locale = useLocale();
  const { reply } = answer;
  return (
    <article className="flex flex-col gap-4">
      <header>
        <h4 className="font-semibold">{answer.kind_label}</h4>
        <p className="text-sm text-muted">
          {formatDateTime(answer.given_at, locale)}
          {answer.outgoing_number && ` · ${t("number", { number: answer.outgoing_number })}`}
        </p>
      </header>
      {answer.valid_until && answer.current && !reply && (
        <Alert tone={answer.expired ? "warning" : "info"}>
          {answer.expired
            ? t("expired", { date: formatDate(answer.valid_until, locale) })
            : t("validUntil", { date: formatDate(answer.valid_until, locale, "until") })}
        </Alert>
      )}
      {answer.reason_label && (
        <p>
          <span className="font-medium">{t("reason")}</span> {answer.reason_label}
        </p>
      )}
      {answer.words && <p className="measure whitespace-pre-wrap">{answer.words}</p>}
      <Terms answer={answer} />
      {answer.after && <Comparison before={answer.before} after={answer.after} />}
      <PaymentSchedule rows={answer.schedule} />
      {answer.papers.length > 0 && <PaperList caseId={caseId} answer={answer} />}
      {answer.file_id && <OpenFile fileId={answer.file_id} label={t("file")} title={t("file")} />}
      {reply && (
        <div className="flex flex-col gap-1 rounded-card bg-primary-soft p-4">
          <p className="font-medium">{t(`replied.${reply.kind}`)}</p>
          {reply.terms && reply.outcome && (
            <p className="tabular-nums">
              {t("proposed", {
                months: reply.terms.term_months,
                payment: formatMoney(reply.outcome.payment_tiyn ?? 0),
              })}
            </p>
          )}
          {reply.words && <p className="measure whitespace-pre-wrap">{reply.words}</p>}
        </div>
      )}
      {answer.kind === "refuse" && answer.current && <Alert tone="info">{t("refusedNext")}</Alert>}
      <Buttons caseId={caseId} debt={debt} answer={answer} />
    </article>
  );
};
