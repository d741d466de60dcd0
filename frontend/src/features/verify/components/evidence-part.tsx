import { useLocale, useTranslations } from "next-intl";

import type { CheckedEvidence } from "@/api/types";
import { type Fact, Facts } from "@/components/facts";
import { formatDate, formatDateTime } from "@/lib/format";

import { CheckedSteps } from "./checked-steps";

/** What an evidence archive proves beyond its signatures, and whose certificates the answer rests on. */
export const EvidencePart = ({ evidence }: { evidence: CheckedEvidence }) => {
  const t = useTranslations("signatureCheck");
  const locale = useLocale();
  const when = (moment: string) => t("almaty", { when: formatDateTime(moment, locale) });
  const anchored = evidence.anchored_on
    ? [
        formatDate(evidence.anchored_on, locale),
        ...(evidence.anchor_stamped_at ? [when(evidence.anchor_stamped_at)] : []),
      ].join(", ")
    : "";
  const facts: (Fact | null)[] = [
    evidence.document_number ? { label: t("evidence.number"), value: evidence.document_number } : null,
    evidence.document_sha256
      ? {
          label: t("evidence.hash"),
          value: <code className="font-mono text-sm break-all">{evidence.document_sha256}</code>,
        }
      : null,
    evidence.sealed_by ? { label: t("evidence.sealedBy"), value: evidence.sealed_by } : null,
    evidence.made_at ? { label: t("evidence.made"), value: when(evidence.made_at) } : null,
    evidence.stamped_at ? { label: t("evidence.stamped"), value: when(evidence.stamped_at) } : null,
    { label: t("evidence.files"), value: evidence.files },
    {
      label: t("evidence.events"),
      value: t("evidence.eventsText", { shown: evidence.events_shown, hidden: evidence.events_hidden }),
    },
    anchored ? { label: t("evidence.anchored"), value: anchored } : null,
  ];
  return (
    <article
      aria-labelledby="evidence-part"
      className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4 sm:p-6"
    >
      <h3 id="evidence-part" className="font-bold">
        {t("evidence.title")}
      </h3>
      <Facts items={facts.filter((fact) => fact !== null)} />
      <CheckedSteps steps={evidence.steps} />
      <h4 className="font-medium">{t("evidence.rests")}</h4>
      <p className="measure">
        {evidence.anchors_from === "package" ? t("evidence.restsPackage") : t("evidence.restsGiven")}
      </p>
      <ul className="flex flex-col gap-2">
        {evidence.anchors.map((anchor) => (
          <li key={anchor.sha256} className="min-w-0">
            <span className="break-words">{anchor.subject}</span>
            <code className="block font-mono text-xs break-all text-muted">{anchor.sha256}</code>
          </li>
        ))}
      </ul>
    </article>
  );
};
