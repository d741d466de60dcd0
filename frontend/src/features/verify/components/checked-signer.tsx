import { useLocale, useTranslations } from "next-intl";

import type { CheckedSigner } from "@/api/types";
import { type Fact, Facts } from "@/components/facts";
import { FoldSummary } from "@/components/ui/fold";
import { formatDateTime } from "@/lib/format";

import { CheckedSteps } from "./checked-steps";

const TONES = { valid: "text-success", invalid: "text-danger", unknown: "text-warning" };
const METHODS = ["sms", "paper", "eds", "egov_qr"] as const;

const Chain = ({ chain }: { chain: CheckedSigner["chain"] }) => (
  <ul className="flex flex-col gap-2">
    {chain.map((one) => (
      <li key={one.sha256} className="min-w-0">
        <span className="break-words">{one.subject}</span>
        <code className="block font-mono text-xs break-all text-muted">{one.sha256}</code>
      </li>
    ))}
  </ul>
);

const useFacts = (signer: CheckedSigner): Fact[] => {
  const t = useTranslations("signatureCheck");
  const locale = useLocale();
  const when = (moment: string) => t("almaty", { when: formatDateTime(moment, locale) });
  // The moment of the check is no time of signing: said apart, so that nobody reads it as one.
  const timeOf = (moment: string): Fact =>
    signer.time_source === "now"
      ? { label: t("fields.checkedAt"), value: t("checkedNow", { when: when(moment) }) }
      : {
          label: t("fields.signedAt"),
          value: `${when(moment)} (${t(`timeSource.${signer.time_source}`)})`,
        };
  const role = `roles.${signer.role}`;
  const method = METHODS.find((one) => one === signer.algorithm);
  const facts: (Fact | null)[] = [
    signer.full_name ? { label: t("fields.name"), value: signer.full_name } : null,
    signer.iin ? { label: t("fields.iin"), value: signer.iin } : null,
    signer.organisation ? { label: t("fields.organisation"), value: signer.organisation } : null,
    signer.bin ? { label: t("fields.bin"), value: signer.bin } : null,
    signer.role
      ? {
          label: t("fields.role"),
          value: t.has(role as never) ? t(role as never) : t("roles.other"),
        }
      : null,
    signer.signed_at ? timeOf(signer.signed_at) : null,
    signer.timestamp?.tsa ? { label: t("fields.stamp"), value: signer.timestamp.tsa } : null,
    signer.claimed_at ? { label: t("fields.claimedAt"), value: when(signer.claimed_at) } : null,
    signer.algorithm
      ? { label: t("fields.algorithm"), value: method ? t(`methods.${method}`) : signer.algorithm }
      : null,
  ];
  return facts.filter((fact) => fact !== null);
};

/** One signature: whose, when and by whose clock, and how it was checked. */
export const CheckedSignerCard = ({
  signer,
  number,
  total,
}: {
  signer: CheckedSigner;
  number: number;
  total: number;
}) => {
  const t = useTranslations("signatureCheck");
  const facts = useFacts(signer);
  return (
    <article
      aria-labelledby={`signer-${number}`}
      className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4 sm:p-6"
    >
      <h3 id={`signer-${number}`} className="font-bold">
        {total === 1 ? t("signerOnly") : t("signer", { number, total })}:{" "}
        <span className={TONES[signer.verdict]}>{t(`signerVerdict.${signer.verdict}`)}</span>
      </h3>
      <Facts items={facts} />
      <CheckedSteps steps={signer.steps} open={signer.verdict !== "valid"} />
      {signer.chain.length > 0 && (
        <details>
          <FoldSummary>{t("fields.chain")}</FoldSummary>
          <Chain chain={signer.chain} />
        </details>
      )}
    </article>
  );
};
