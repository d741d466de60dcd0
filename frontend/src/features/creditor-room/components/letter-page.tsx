"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Desk, PageHead } from "@/components/desk/page-head";
import { Panel } from "@/components/desk/panel";
import { PrivateFile } from "@/components/desk/private-file";
import { Loaded } from "@/components/loaded";
import { OwnNotes } from "@/components/own-notes";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatDate, formatDateTime, formatMoney } from "@/lib/format";

import { useStartReview } from "../mutations";
import { documentFileQuery, letterQuery } from "../queries";
import type { RoomLetterDetail } from "../types";
import { AnswerDialog, kindsOf } from "./answer-dialog";
import { AnswerHistory } from "./answer-history";
import { AssigneePicker } from "./assignee-picker";
import { LetterMediation } from "./letter-mediation";
import { RegisterDialog } from "./register-dialog";
import { TermMark } from "./term-mark";

const Facts = ({ rows }: { rows: readonly (readonly [string, string])[] }) => (
  <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
    {rows.map(([name, value]) => (
      <div key={name} className="flex flex-col">
        <dt className="text-xs text-muted">{name}</dt>
        <dd className="font-medium text-ink tabular-nums">{value}</dd>
      </div>
    ))}
  </dl>
);

const Debt = ({ letter }: { letter: RoomLetterDetail }) => {
  const t = useTranslations("room.letter");
  const relief = useTranslations("room.relief");
  const locale = useLocale();
  const { debt, wish } = letter;
  const rows: [string, string][] = [
    [
      t("contract"),
      t("contractOf", { number: letter.contract_number, date: formatDate(debt.contract_date, locale) }),
    ],
    [t("total"), formatMoney(debt.total_tiyn)],
    [t("principal"), formatMoney(debt.principal_tiyn)],
    [t("interest"), formatMoney(debt.interest_tiyn)],
    [t("penalty"), formatMoney(debt.penalty_tiyn)],
    ...(debt.monthly_payment_tiyn
      ? [[t("payment"), formatMoney(debt.monthly_payment_tiyn)] as [string, string]]
      : []),
    ...(debt.overdue_since
      ? [[t("overdueSince"), formatDate(debt.overdue_since, locale)] as [string, string]]
      : []),
  ];
  const known = wish?.kinds.filter((kind) => relief.has(kind as "RATE_CUT")) ?? [];
  return (
    <Panel title={t("debt")}>
      <Facts rows={rows} />
      {known.length > 0 && (
        <div className="flex flex-col gap-1.5 border-t border-line pt-3">
          <p className="text-xs text-muted">{t("wish")}</p>
          <p className="flex flex-wrap gap-1.5">
            {known.map((kind) => (
              <Badge key={kind} tone="primary">
                {relief(kind as "RATE_CUT")}
              </Badge>
            ))}
            {wish?.defer_months && <Badge>{t("wishDefer", { months: wish.defer_months })}</Badge>}
            {wish?.new_term_months && <Badge>{t("wishTerm", { months: wish.new_term_months })}</Badge>}
          </p>
        </div>
      )}
    </Panel>
  );
};

/** The signed file where there is one, else the letter as it was made. */
const LetterFile = ({
  documentId,
  label,
  fileName,
}: {
  documentId: string;
  label: string;
  fileName: string;
}) => {
  const t = useTranslations("room.letter");
  const { data, error } = useQuery(documentFileQuery(documentId));
  if (error) return <span className="text-muted">{t("noFile")}</span>;
  const isSealed = data?.allowed_actions.includes("download_sealed") ?? true;
  if (data && !isSealed && !data.allowed_actions.includes("download_pdf")) {
    return <span className="text-muted">{t("fileSoon")}</span>;
  }
  return (
    <PrivateFile
      path={`/documents/${documentId}/file/?format=${isSealed ? "sealed" : "pdf"}`}
      label={label}
      title={t("file")}
      fileName={fileName}
    />
  );
};

const Letters = ({ letter }: { letter: RoomLetterDetail }) => {
  const t = useTranslations("room.letter");
  const locale = useLocale();
  const all = [{ document_id: letter.document_id, since: letter.since }, ...letter.earlier];
  return (
    <Panel title={t("letters")}>
      <ul className="flex flex-col gap-3">
        {all.map(({ document_id: documentId, since }, place) => (
          <li key={documentId} className="flex flex-wrap items-center gap-2">
            <LetterFile
              documentId={documentId}
              label={place === 0 ? t("open") : t("openEarlier")}
              fileName={letter.case_number}
            />
            <span className="text-xs text-muted">{t("came", { at: formatDateTime(since, locale) })}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

const Actions = ({ letter }: { letter: RoomLetterDetail }) => {
  const t = useTranslations("room.letter");
  const [open, setOpen] = useState<"answer" | "register" | null>(null);
  const review = useStartReview(letter.id, () => undefined);
  const can = (name: string) => letter.allowed_actions.includes(name);
  return (
    <>
      {can("register") && (
        <Button
          variant={kindsOf(letter).length ? "secondary" : "primary"}
          size="dense"
          onClick={() => setOpen("register")}
        >
          {t("register")}
        </Button>
      )}
      {can("review") && !can("register") && (
        <Button variant="secondary" size="dense" busy={review.isPending} onClick={() => review.mutate({})}>
          {t("review")}
        </Button>
      )}
      {kindsOf(letter).length > 0 && (
        <Button size="dense" onClick={() => setOpen("answer")}>
          {t("answer")}
        </Button>
      )}
      {open === "register" && <RegisterDialog letter={letter} onClose={() => setOpen(null)} />}
      {open === "answer" && <AnswerDialog letter={letter} onClose={() => setOpen(null)} />}
    </>
  );
};

const Letter = ({ letter }: { letter: RoomLetterDetail }) => {
  const t = useTranslations("room.letter");
  const locale = useLocale();
  return (
    <>
      <PageHead
        title={letter.borrower_name}
        back={{ href: "/creditor", label: t("back") }}
        lead={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span>
              {letter.case_number} · {letter.masked_iin} · {letter.masked_phone}
            </span>
            <Badge tone="info">{letter.state_label}</Badge>
            <TermMark due={letter.due} daysLeft={letter.days_left} />
          </span>
        }
        actions={<Actions letter={letter} />}
      />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Letters letter={letter} />
          <Panel title={t("answers")}>
            <AnswerHistory letter={letter} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Debt letter={letter} />
          <LetterMediation caseId={letter.case_id} />
          <Panel title={t("books")}>
            <Facts
              rows={[
                [t("incoming"), letter.incoming_number || t("notRegistered")],
                [t("receivedOn"), letter.received_on ? formatDate(letter.received_on, locale) : "—"],
              ]}
            />
            <AssigneePicker letter={letter} />
          </Panel>
          <OwnNotes caseId={letter.case_id} />
        </div>
      </div>
    </>
  );
};

/** One letter: what it asks for, the debt, what was answered, the organisation's own notes. */
export const LetterPage = ({ letterId }: { letterId: string }) => (
  <Desk>
    <Loaded query={useQuery(letterQuery(letterId))}>{(letter) => <Letter letter={letter} />}</Loaded>
  </Desk>
);
