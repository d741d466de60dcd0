"use client";

import { useLocale, useTranslations } from "next-intl";

import { formatDate, formatMoney } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import type { RoomLetter } from "../types";
import { TermMark } from "./term-mark";

interface LetterRowProps {
  letter: RoomLetter;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

/** A letter of the list with a box to choose it for an answer in bulk. */
export const LetterRow = ({ letter, isChosen, onChoose }: LetterRowProps) => {
  const t = useTranslations("room.list");
  const locale = useLocale();
  return (
    <li className="flex items-start gap-1 rounded-card border border-line bg-surface p-2 md:rounded-none md:border-0">
      <label className="flex min-h-11 min-w-11 shrink-0 items-center justify-center">
        <input
          type="checkbox"
          className="size-5 accent-primary"
          checked={isChosen}
          disabled={!letter.answerable}
          onChange={(event) => onChoose(event.target.checked)}
          aria-label={t("choose", { number: letter.case_number })}
        />
      </label>
      <Link
        href={`/creditor/letters/${letter.id}`}
        prefetch={false}
        className="grid min-w-0 flex-1 gap-1 rounded-field p-2 hover:bg-primary-soft md:grid-cols-[minmax(0,1.5fr)_minmax(0,1.1fr)_minmax(0,1.2fr)_minmax(0,1fr)] md:gap-4"
      >
        <span className="min-w-0">
          <span className="block truncate font-semibold text-ink">{letter.borrower_name}</span>
          <span className="block text-xs text-muted">
            {letter.case_number} · {letter.masked_iin}
          </span>
        </span>
        <span className="min-w-0">
          <span className="block font-medium tabular-nums">{formatMoney(letter.debt_tiyn)}</span>
          <span className="block truncate text-xs text-muted">
            {t("contract", { number: letter.contract_number })}
          </span>
        </span>
        <TermMark due={letter.due} daysLeft={letter.days_left} />
        <span className="min-w-0 text-xs text-muted">
          <span className="block text-sm text-text">{letter.state_label}</span>
          {letter.incoming_number
            ? t("incoming", { number: letter.incoming_number })
            : t("came", { date: formatDate(letter.since, locale) })}
          {letter.assignee && <span className="block truncate">{letter.assignee.full_name}</span>}
        </span>
      </Link>
    </li>
  );
};
