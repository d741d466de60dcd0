import { useTranslations } from "next-intl";

import { DeadlineBar } from "@/components/deadline-bar";
import { LawyerMark } from "@/components/desk/lawyer-mark";
import { RowLink, Rows } from "@/components/desk/rows";
import { Badge } from "@/components/ui/badge";

import type { TermRow } from "../queries";

const COLUMNS = "md:grid-cols-[minmax(0,1.3fr)_minmax(0,2fr)_minmax(0,1.2fr)_minmax(0,1fr)]";

/** Terms in the order of their last days; a row opens the terms of its case. */
export const TermList = ({ terms }: { terms: readonly TermRow[] }) => {
  const t = useTranslations("staffTerms");
  return (
    <Rows
      label={t("title")}
      columns={COLUMNS}
      head={[t("column.due"), t("column.term"), t("column.case"), t("column.who")]}
    >
      {terms.map((term) => (
        <RowLink key={term.id} href={`/staff/cases/${term.case.id}/terms#term-${term.id}`} columns={COLUMNS}>
          <DeadlineBar
            size="dense"
            due={term.due}
            daysLeft={term.days_left}
            state={term.status}
            critical={term.critical}
            direction={term.direction}
            share={term.share_over}
          />
          <span className="min-w-0">
            <span className="font-medium text-ink">{term.title}</span>
            {term.creditor && <span className="block text-sm text-muted">{term.creditor}</span>}
            <span className="mt-1 flex flex-wrap gap-1 empty:hidden">
              {term.critical && <Badge tone="danger">{t("critical")}</Badge>}
              {term.has_next_step && <Badge tone="warning">{t("nextStep")}</Badge>}
              {term.needs_review && <LawyerMark />}
            </span>
          </span>
          <span className="min-w-0 break-words">
            <span className="tabular-nums">{term.case.number}</span>
            <span className="block text-sm text-muted">{term.case.borrower_name}</span>
          </span>
          <span className="text-sm">
            {t("duty", { who: term.bound === "borrower" ? t("borrower") : term.bound_label })}
            <span className="block text-muted">{term.case.assignee?.full_name ?? t("nobody")}</span>
          </span>
        </RowLink>
      ))}
    </Rows>
  );
};
