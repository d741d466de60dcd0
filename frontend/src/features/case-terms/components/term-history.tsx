import { useLocale, useTranslations } from "next-intl";

import { formatDate, formatDateTime } from "@/lib/format";

import type { Term } from "../queries";

/** «Было 5 декабря, стало 7 декабря, потому что …», newest first. */
export const TermHistory = ({ changes }: { changes: Term["changes"] }) => {
  const t = useTranslations("caseTerms");
  const locale = useLocale();
  if (changes.length === 0) return null;
  return (
    <div className="flex flex-col gap-1">
      <p className="font-medium text-ink">{t("history")}</p>
      <ol className="flex flex-col">
        {[...changes].reverse().map((change) => (
          <li key={change.id} className="border-l-2 border-line py-1 pl-3">
            <p className="break-words">{change.text}</p>
            {change.note && <p className="text-sm break-words text-muted">{change.note}</p>}
            <p className="text-xs text-muted">
              <time dateTime={change.created_at}>{formatDateTime(change.created_at, locale)}</time>
              {` · ${change.changed_by}`}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
};

/** Days on which the keeper of the term is reminded. */
export const TermReminders = ({ reminders }: { reminders: Term["reminders"] }) => {
  const t = useTranslations("caseTerms");
  const locale = useLocale();
  if (reminders.length === 0) return null;
  return (
    <p className="text-sm text-muted">
      {t("reminders")}{" "}
      {reminders
        .map(({ on, sent, by_email }) =>
          t(by_email ? "remindedByEmail" : sent ? "reminded" : "remind", { date: formatDate(on, locale) }),
        )
        .join("; ")}
    </p>
  );
};
