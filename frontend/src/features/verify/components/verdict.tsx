import { BadgeCheck, BadgeX, Check, CircleHelp, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import type { Verification, VerifiedSignature } from "@/api/types";
import { FoldSummary } from "@/components/ui/fold";
import { cn } from "@/lib/cn";
import { formatDateTime } from "@/lib/format";

import { PrintButton } from "./print-button";

const LOOKS = {
  valid: { icon: BadgeCheck, box: "border-success bg-success-soft", mark: "text-success" },
  invalid: { icon: BadgeX, box: "border-danger bg-danger-soft", mark: "text-danger" },
  unknown: { icon: CircleHelp, box: "border-warning bg-warning-soft", mark: "text-warning" },
};

const Fact = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className="grid gap-x-4 border-b border-line py-2.5 last:border-b-0 sm:grid-cols-[14rem_1fr]">
    <dt className="text-muted">{label}</dt>
    <dd className="min-w-0 text-ink">{children}</dd>
  </div>
);

const Hash = ({ value }: { value: string }) => <code className="font-mono text-sm break-all">{value}</code>;

const Steps = ({ steps }: { steps: Verification["steps"] }) => {
  const t = useTranslations("verify");
  return (
    <ol className="flex flex-col gap-3">
      {steps.map((step) => (
        <li key={step.code} className="flex items-start gap-3">
          {step.ok ? (
            <Check aria-hidden className="mt-0.5 size-5 shrink-0 text-success" />
          ) : (
            <X aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />
          )}
          <div className="min-w-0">
            <p className="font-medium text-ink">
              <span className="sr-only">{step.ok ? t("stepOk") : t("stepFailed")}: </span>
              {step.label}
            </p>
            {step.detail && <p className="break-words text-text">{step.detail}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
};

/** One of those who signed; several stand under each other in the order of signing. */
const SignatureFacts = ({ signature }: { signature: VerifiedSignature }) => {
  const t = useTranslations("verify");
  const locale = useLocale();
  const actsFor = [signature.represents, signature.organisation].filter(Boolean).join(", ");
  return (
    <>
      <Fact label={t("signer")}>
        {signature.shows === "hidden" ? (
          <span className="text-muted">{t("nameHidden")}</span>
        ) : (
          signature.signer
        )}
      </Fact>
      {actsFor && <Fact label={t("actsFor")}>{actsFor}</Fact>}
      <Fact label={t("signedAt")}>{t("almaty", { when: formatDateTime(signature.signed_at, locale) })}</Fact>
      <Fact label={t("method")}>{signature.method_label}</Fact>
    </>
  );
};

/** The answer first, who and when below it, how it was checked behind «подробнее»; all of it on paper. */
export const Verdict = ({ result }: { result: Verification }) => {
  const t = useTranslations("verify");
  const locale = useLocale();
  const look = LOOKS[result.verdict];
  const { document, signature, signatures, seal } = result;
  return (
    <section aria-labelledby="verdict" className="flex flex-col gap-5">
      <div className={cn("flex items-start gap-4 rounded-card border-2 p-4 sm:p-6", look.box)}>
        <look.icon aria-hidden className={cn("size-10 shrink-0", look.mark)} />
        <div className="flex min-w-0 flex-col gap-1">
          <h2 id="verdict" tabIndex={-1} className="text-lg font-bold sm:text-xl">
            {t(`verdict.${result.verdict}.title`)}
          </h2>
          <p className="measure text-ink">{result.reason || t(`verdict.${result.verdict}.text`)}</p>
          {result.verdict === "valid" && result.file_kind && !result.reason && (
            <p className="text-ink">{t(`fileKind.${result.file_kind}`)}</p>
          )}
        </div>
      </div>
      {(document || signatures.length > 0 || seal) && (
        <dl className="rounded-card border border-line bg-surface px-4 py-1 sm:px-6">
          {document && (
            <>
              <Fact label={t("document")}>{document.kind_label}</Fact>
              <Fact label={t("number")}>{document.number}</Fact>
              <Fact label={t("pages")}>{document.pages}</Fact>
            </>
          )}
          {signatures.map((one, index) => (
            <SignatureFacts key={index} signature={one} />
          ))}
          {seal && (
            <Fact label={t("seal")}>
              {seal.subject}
              {seal.sealed_at && `, ${formatDateTime(seal.sealed_at, locale)}`}
              <span className="block text-text">{seal.level_label}</span>
            </Fact>
          )}
        </dl>
      )}
      <details className="rounded-card border border-line bg-surface px-4 sm:px-6">
        <FoldSummary className="-ml-1 min-h-12">{t("details")}</FoldSummary>
        <div className="flex flex-col gap-4 pb-4">
          <Steps steps={result.steps} />
          <dl>
            {signature && (
              <Fact label={t("textHash")}>
                <Hash value={signature.text_sha256} />
              </Fact>
            )}
            {result.sealed_sha256 && (
              <Fact label={t("sealedHash")}>
                <Hash value={result.sealed_sha256} />
              </Fact>
            )}
          </dl>
        </div>
      </details>
      <PrintButton />
    </section>
  );
};
