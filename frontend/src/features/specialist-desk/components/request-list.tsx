"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RadioCards } from "@/components/ui/choices";
import { MoneyInput } from "@/components/ui/masked-inputs";
import { TextArea, TextInput } from "@/components/ui/text-input";
import { formatDate, formatMoney } from "@/lib/format";
import { parseTypedMoney } from "@/lib/money";

import { type OpenRequest, openRequestsQuery, type ProposalInput, useDeskPost } from "../queries";

const FEES = ["fixed", "hourly", "free"] as const;

const ProposeDialog = ({ request, onClose }: { request: OpenRequest; onClose: () => void }) => {
  const t = useTranslations("specialistDesk.propose");
  const id = useId();
  const [kind, setKind] = useState<(typeof FEES)[number]>("fixed");
  const [fee, setFee] = useState("");
  const [days, setDays] = useState("14");
  const [words, setWords] = useState("");
  const propose = useDeskPost<ProposalInput>(`/desk/requests/${request.id}/propose/`, onClose);
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("submit")}
      busy={propose.isPending}
      error={propose.error}
      isAtFields={isPlaced(propose.error, ["fee_tiyn", "days", "words"])}
      onSubmit={() =>
        propose.mutate({
          fee_kind: kind,
          fee_tiyn: kind === "free" ? 0 : (parseTypedMoney(fee) ?? 0),
          days: Number(days) || 0,
          words,
        })
      }
      onClose={onClose}
    >
      <RadioCards
        id={`${id}-kind`}
        label={t("kind")}
        name={`${id}-kind`}
        value={kind}
        choices={FEES.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onValueChange={(value) => setKind(FEES.find((one) => one === value) ?? "fixed")}
      />
      {kind !== "free" && (
        <MoneyInput
          id={`${id}-fee`}
          label={t("fee")}
          error={errorAt(propose.error, "fee_tiyn")}
          value={fee}
          onValueChange={setFee}
        />
      )}
      <TextInput
        id={`${id}-days`}
        label={t("days")}
        inputMode="numeric"
        width="short"
        maxLength={3}
        error={errorAt(propose.error, "days")}
        value={days}
        onChange={(event) => setDays(event.target.value)}
      />
      <TextArea
        id={`${id}-words`}
        label={t("words")}
        help={t("wordsHelp")}
        error={errorAt(propose.error, "words")}
        rows={4}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
    </FormDialog>
  );
};

const RequestCard = ({ request }: { request: OpenRequest }) => {
  const t = useTranslations("specialistDesk.requests");
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const { figures } = request;
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <p className="flex flex-wrap gap-1.5">
          {request.topics.map((topic) => (
            <Badge key={topic} tone="primary">
              {topic}
            </Badge>
          ))}
        </p>
        <span className="text-xs text-muted">
          {t("until", { date: formatDate(request.expires_at, locale, "until") })}
        </span>
      </div>
      <p className="measure whitespace-pre-wrap">{request.summary}</p>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
        <span>{t("debts", { count: figures.debts })}</span>
        <span>
          {figures.total_up_to_tiyn === null
            ? t("large")
            : t("upTo", { sum: formatMoney(figures.total_up_to_tiyn) })}
        </span>
        <span>{t(`overdue.${figures.overdue}`)}</span>
        <span>
          {t(`languages.${request.language === "kk" ? "kk" : request.language === "en" ? "en" : "ru"}`)}
        </span>
        <span>{[request.online ? t("online") : "", request.city].filter(Boolean).join(", ")}</span>
      </p>
      <div className="flex flex-wrap items-center gap-3">
        {request.proposed ? (
          <Badge tone="success">{t("proposed")}</Badge>
        ) : (
          <Button size="dense" onClick={() => setOpen(true)}>
            {t("propose")}
          </Button>
        )}
        <span className="text-xs text-muted">{t("made", { count: request.proposals_made })}</span>
      </div>
      {isOpen && <ProposeDialog request={request} onClose={() => setOpen(false)} />}
    </li>
  );
};

/** Requests of borrowers for a specialist of the own kind; nobody is named until the choice. */
export const RequestList = () => {
  const t = useTranslations("specialistDesk.requests");
  const query = useInfiniteQuery(openRequestsQuery());
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <ListFrame query={query} count={rows.length} empty={{ title: t("emptyTitle"), text: t("emptyText") }}>
        <ul className="grid gap-3 lg:grid-cols-2">
          {rows.map((request) => (
            <RequestCard key={request.id} request={request} />
          ))}
        </ul>
      </ListFrame>
    </Desk>
  );
};
