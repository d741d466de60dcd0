import { BadgeCheck, BadgeX, CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";

import type { SignatureCheck } from "@/api/types";
import { cn } from "@/lib/cn";

import { useReasonText } from "../reason-text";
import { CheckedSignerCard } from "./checked-signer";
import { EvidencePart } from "./evidence-part";
import { PrintButton } from "./print-button";

const LOOKS = {
  valid: { icon: BadgeCheck, box: "border-success bg-success-soft", mark: "text-success" },
  invalid: { icon: BadgeX, box: "border-danger bg-danger-soft", mark: "text-danger" },
  unknown: { icon: CircleHelp, box: "border-warning bg-warning-soft", mark: "text-warning" },
};

/** The answer first, then each signer, then what else an evidence archive proves. */
export const ReportVerdict = ({ report }: { report: SignatureCheck }) => {
  const t = useTranslations("signatureCheck");
  const reason = useReasonText();
  const look = LOOKS[report.verdict];
  const total = report.signers.length;
  const isTimeProved = report.signers.every((signer) => signer.time_source === "timestamp");
  const plain =
    report.verdict === "valid" && !isTimeProved
      ? t("verdict.valid.noTime")
      : t(`verdict.${report.verdict}.text`);
  return (
    <section aria-labelledby="verdict" className="flex flex-col gap-5">
      <div className={cn("flex items-start gap-4 rounded-card border-2 p-4 sm:p-6", look.box)}>
        <look.icon aria-hidden className={cn("size-10 shrink-0", look.mark)} />
        <div className="flex min-w-0 flex-col gap-1">
          <p className="text-sm text-muted">{t(`formats.${report.format}`)}</p>
          <h2 id="verdict" tabIndex={-1} className="text-lg font-bold sm:text-xl">
            {t(`verdict.${report.verdict}.title`)}
          </h2>
          <p className="measure text-ink">{reason(report.reason) ?? plain}</p>
        </div>
      </div>
      {report.signers.map((signer, index) => (
        <CheckedSignerCard key={index} signer={signer} number={index + 1} total={total} />
      ))}
      {/* An archive that does not open holds nothing to tell of. */}
      {report.evidence && report.evidence.files > 0 && <EvidencePart evidence={report.evidence} />}
      <PrintButton />
    </section>
  );
};
