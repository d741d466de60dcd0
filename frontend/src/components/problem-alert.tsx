"use client";

import { useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { formatCountdown } from "@/lib/format";
import { isProblem } from "@/lib/problem";
import { useCountdown } from "@/lib/use-countdown";
import { useProblemText } from "@/lib/use-problem-text";

/** A failure above a form. When the server said how long to wait, the time that is left counts down under it. */
export const ProblemAlert = ({ error, className }: { error: unknown; className?: string }) => {
  const t = useTranslations("problems");
  const describe = useProblemText();
  const retryAt = isProblem(error) && error.status === 429 ? error.retryAt : null;
  const left = useCountdown(retryAt);
  if (!error) return null;
  return (
    <Alert tone={retryAt === null ? "danger" : "warning"} live className={className}>
      <p>{describe(error)}</p>
      {retryAt !== null && (
        <p aria-live="off">{left > 0 ? t("retryIn", { left: formatCountdown(left) }) : t("retryNow")}</p>
      )}
    </Alert>
  );
};
