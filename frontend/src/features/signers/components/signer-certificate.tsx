"use client";

import { useTranslations } from "next-intl";

import type { RoundSigner } from "@/api/signing";
import { FoldSummary } from "@/components/ui/fold";

type Certificate = NonNullable<RoundSigner["certificate"]>;

const ROLES = [
  "individual",
  "entity",
  "head",
  "right_to_sign",
  "right_to_sign_financial",
  "hr_employee",
  "employee",
] as const;

/** What the certificate of a signature by ЭЦП says; folded, as most readers only ask who signed. */
export const SignerCertificate = ({ certificate }: { certificate: Certificate }) => {
  const t = useTranslations("signers.certificate");
  const role = ROLES.find((one) => one === certificate.role);
  const organisation = [certificate.organisation, certificate.bin && t("bin", { bin: certificate.bin })]
    .filter(Boolean)
    .join(", ");
  const facts: [string, string][] = [
    [t("name"), certificate.full_name],
    [t("organisation"), organisation],
    [t("role"), role ? t(`roles.${role}`) : ""],
    [t("algorithm"), certificate.algorithm],
    [t("serial"), certificate.serial],
    [t("time"), certificate.is_stamped ? t("stamped") : t("notStamped")],
  ];
  return (
    <details className="text-sm">
      <FoldSummary className="inline-flex">{t("title")}</FoldSummary>
      <dl className="grid gap-x-4 gap-y-1 pt-1 sm:grid-cols-[max-content_1fr]">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
      </dl>
    </details>
  );
};
