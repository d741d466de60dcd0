"use client";

import { useLocale, useTranslations } from "next-intl";

import { OpenFile } from "@/components/viewer/open-file";
import { Alert } from "@/components/ui/alert";
import { formatDate } from "@/lib/format";

import { agreedOf, decidedOf, openOf, shownValue } from "../shown";
import type { Finding, Reading, ReadingDebt } from "../types";
import { FindingRow } from "./finding-row";

interface ReadingCardProps {
  caseId: string;
  reading: Reading;
  debts: readonly ReadingDebt[];
  canDecide: boolean;
}

/** A label inside a sentence; abbreviations such as «ИИН» keep their capitals. */
const inSentence = (label: string) =>
  /^.[\p{Ll}\s]/u.test(label) ? label.charAt(0).toLocaleLowerCase() + label.slice(1) : label;

const Decided = ({ finding }: { finding: Finding }) => {
  const t = useTranslations("caseExtraction");
  const locale = useLocale();
  const value = shownValue(finding.given ?? finding.value, locale);
  const told = { who: finding.decided_by, date: formatDate(finding.decided_at ?? "", locale) };
  return (
    <li className="text-sm text-text">
      <span className="text-muted">{finding.label}</span>
      {value && <>: {value}</>} <span className="text-muted">({t(`decided.${finding.state}`, told)})</span>
    </li>
  );
};

/** One paper that was read: which it seems to be, what is asked about, what already agrees and what was decided. */
export const ReadingCard = ({ caseId, reading, debts, canDecide }: ReadingCardProps) => {
  const t = useTranslations("caseExtraction");
  const open = openOf(reading);
  const agreed = agreedOf(reading);
  const decided = decidedOf(reading);
  const title = reading.paper_title || reading.kind_label || t("paper");
  return (
    <article
      className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4"
      aria-label={title}
    >
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h3 className="font-medium break-words text-ink">{title}</h3>
          {reading.kind_label && reading.kind_fits && reading.kind_label !== title && (
            <p className="text-sm text-muted">{t("looksLike", { kind: reading.kind_label })}</p>
          )}
        </div>
        <OpenFile
          fileId={reading.file_id}
          label={t("open")}
          title={title}
          describedAs={t("openOf", { name: title })}
        />
      </div>
      {!reading.kind_fits && (
        <Alert tone="warning">{t("otherKind", { asked: title, kind: reading.kind_label })}</Alert>
      )}
      {open.length > 0 && (
        <ul className="flex flex-col">
          {open.map((finding) => (
            <FindingRow
              key={finding.id}
              caseId={caseId}
              finding={finding}
              debts={debts}
              canDecide={canDecide}
            />
          ))}
        </ul>
      )}
      {agreed.length > 0 && (
        <p className="text-sm text-success">
          {t("agrees", { names: agreed.map(({ label }) => inSentence(label)).join(", ") })}
        </p>
      )}
      {decided.length > 0 && (
        <details>
          <summary className="flex min-h-11 cursor-pointer items-center text-sm font-medium text-primary">
            {t("decidedTitle", { count: decided.length })}
          </summary>
          <ul className="flex flex-col gap-1">
            {decided.map((finding) => (
              <Decided key={finding.id} finding={finding} />
            ))}
          </ul>
        </details>
      )}
    </article>
  );
};
