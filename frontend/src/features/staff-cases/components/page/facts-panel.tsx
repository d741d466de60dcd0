"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { formatDate, formatMoney } from "@/lib/format";
import { HARDSHIPS, RELIEFS, codeIn } from "@/lib/story-codes";

import type { StaffCase } from "../../types";
import { Panel } from "./panel";
import { PersonalNumbers } from "./reveal";

const Line = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="flex flex-wrap justify-between gap-x-4">
    <dt className="text-muted">{label}</dt>
    <dd className="min-w-0 text-right break-words text-ink">{children}</dd>
  </div>
);

export const PersonPanel = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("staff.case");
  const { applicant } = detail;
  return (
    <Panel id="person" title={t("person")}>
      <p className="text-base font-medium text-ink">{applicant.full_name}</p>
      <PersonalNumbers detail={detail} />
      <dl className="flex flex-col gap-1">
        <Line label={t("language")}>{t(`languages.${detail.language}`)}</Line>
        {applicant.email && <Line label={t("email")}>{applicant.email}</Line>}
      </dl>
      {applicant.address && (
        <p>
          <span className="block text-muted">{t("address")}</span>
          {applicant.address}
        </p>
      )}
    </Panel>
  );
};

const Income = ({ income }: { income: NonNullable<StaffCase["income"]> }) => {
  const t = useTranslations("staff.case");
  return (
    <dl className="flex flex-col gap-1">
      <Line label={t("incomeNow")}>{formatMoney(income.monthly_now_tiyn)}</Line>
      <Line label={t("incomeBefore")}>{formatMoney(income.monthly_before_tiyn)}</Line>
      {income.drop_percent !== null && income.drop_percent > 0 && (
        <Line label={t("incomeDrop")}>
          <span className="text-warning">{`${Math.round(income.drop_percent)} %`}</span>
        </Line>
      )}
      {income.source && <Line label={t("incomeSource")}>{income.source}</Line>}
      <Line label={t("dependents")}>{income.dependents}</Line>
      {income.disabled_dependents > 0 && (
        <Line label={t("disabledDependents")}>{income.disabled_dependents}</Line>
      )}
      {income.targeted_social_aid && <Line label={t("socialAid")}>{t("yes")}</Line>}
    </dl>
  );
};

const Relief = ({ relief }: { relief: NonNullable<StaffCase["relief"]> }) => {
  const t = useTranslations("staff");
  const names = useTranslations("storyCodes.relief");
  const kinds = relief.kinds.flatMap((kind) => codeIn(RELIEFS, kind) ?? []);
  return (
    <div className="flex flex-col gap-1">
      <h3 className="font-medium text-ink">{t("case.relief")}</h3>
      <ul className="list-disc pl-5">
        {kinds.map((kind) => (
          <li key={kind}>{names(kind)}</li>
        ))}
      </ul>
      <dl className="flex flex-col gap-1">
        {relief.defer_months !== null && (
          <Line label={t("case.deferMonths")}>{t("case.months", { count: relief.defer_months })}</Line>
        )}
        {relief.new_term_months !== null && (
          <Line label={t("case.newTerm")}>{t("case.months", { count: relief.new_term_months })}</Line>
        )}
        {relief.new_rate_percent !== null && (
          <Line label={t("case.newRate")}>{`${relief.new_rate_percent} %`}</Line>
        )}
        {relief.new_payment_tiyn !== null && (
          <Line label={t("case.newPayment")}>{formatMoney(relief.new_payment_tiyn)}</Line>
        )}
      </dl>
      {relief.comment && <p className="whitespace-pre-line">{relief.comment}</p>}
    </div>
  );
};

/** What the borrower told: why it became hard, the income, what he asks for, what has happened. */
export const StoryPanel = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("staff");
  const names = useTranslations("storyCodes.hardship");
  const locale = useLocale();
  const { hardship, income, relief, events } = detail;
  const cause = hardship ? codeIn(HARDSHIPS, hardship.code) : undefined;
  if (detail.masked) {
    return (
      <Panel id="story" title={t("case.story")}>
        <p className="text-muted">{t("case.maskedText")}</p>
      </Panel>
    );
  }
  return (
    <Panel id="story" title={t("case.story")}>
      {hardship && (
        <div className="flex flex-col gap-1">
          <h3 className="font-medium text-ink">
            {cause ? names(cause) : t("case.hardship")}
            <span className="font-normal text-muted">
              {" "}
              {t("case.since", { date: formatDate(hardship.since, locale) })}
            </span>
          </h3>
          <p className="whitespace-pre-line">{hardship.text}</p>
        </div>
      )}
      {relief && <Relief relief={relief} />}
      {income && <Income income={income} />}
      {events.length > 0 && (
        <div className="flex flex-col gap-1">
          <h3 className="font-medium text-ink">{t("case.events")}</h3>
          <ul className="flex flex-col gap-1.5">
            {events.map((event) => (
              <li key={event.id}>
                <span className="text-ink">{event.kind_label}</span>,{" "}
                <time dateTime={event.date}>{formatDate(event.date, locale)}</time>
                {event.text && <span className="block text-muted">{event.text}</span>}
                <span className="block text-xs text-muted">{event.source_label}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
};
