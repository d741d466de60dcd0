"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useProblemText } from "@/lib/use-problem-text";

import { useDecide } from "../mutations";
import type { Finding, ReadingDebt } from "../types";
import { ChangeDialog } from "./change-dialog";
import { FindingValue } from "./finding-value";
import { SplitCompare } from "./split-compare";

interface FindingRowProps {
  caseId: string;
  finding: Finding;
  debts: readonly ReadingDebt[];
  canDecide: boolean;
}

/** The value needs more than a yes: no debt is named, or the day of the sums is missing. */
const needsForm = ({ obligation_id, value }: Finding, debts: readonly ReadingDebt[]) =>
  (obligation_id === null && debts.length !== 1) || (value.split !== null && value.split.as_of === null);

const Steps = ({ caseId, finding, debts }: Omit<FindingRowProps, "canDecide">) => {
  const t = useTranslations("caseExtraction");
  const toast = useToast();
  const describe = useProblemText();
  const decide = useDecide(caseId, finding.id);
  const [isChanging, setChanging] = useState(false);
  const say = (decision: "confirm" | "dismiss") =>
    decide.mutate(
      { decision, obligation_id: finding.obligation_id ?? (debts.length === 1 ? debts[0]!.id : null) },
      { onError: (error) => toast.show("danger", describe(error)) },
    );
  const busy = decide.isPending;
  return (
    <div className="flex flex-wrap gap-2">
      {!finding.compared_only && (
        <>
          <Button
            variant="secondary"
            size="dense"
            className="max-sm:min-h-11"
            busy={busy}
            aria-label={t("confirmOf", { name: finding.label })}
            onClick={() => (needsForm(finding, debts) ? setChanging(true) : say("confirm"))}
          >
            {t("confirm")}
          </Button>
          <Button
            variant="quiet"
            size="dense"
            className="max-sm:min-h-11"
            disabled={busy}
            aria-label={t("changeOf", { name: finding.label })}
            onClick={() => setChanging(true)}
          >
            {t("change")}
          </Button>
        </>
      )}
      <Button
        variant="quiet"
        size="dense"
        className="max-sm:min-h-11"
        busy={busy}
        aria-label={t("dismissOf", { name: finding.label })}
        onClick={() => say("dismiss")}
      >
        {finding.compared_only ? t("seen") : t("dismiss")}
      </Button>
      {isChanging && (
        <ChangeDialog caseId={caseId} finding={finding} debts={debts} onClose={() => setChanging(false)} />
      )}
    </div>
  );
};

const Compared = ({
  finding: { value, present },
  isDifferent,
}: {
  finding: Finding;
  isDifferent: boolean;
}) => {
  const t = useTranslations("caseExtraction");
  if (!isDifferent || present === null) return <FindingValue value={value} />;
  if (value.split && present.split) return <SplitCompare paper={value.split} present={present.split} />;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <div className="flex flex-col">
        <span className="text-sm text-muted">{t("inPaper")}</span>
        <FindingValue value={value} />
      </div>
      <div className="flex flex-col">
        <span className="text-sm text-muted">{t("inCase")}</span>
        <FindingValue value={present} />
      </div>
    </div>
  );
};

/** One value from a paper: what, where it stands, how it compares with the case, and what to do with it. */
export const FindingRow = ({ caseId, finding, debts, canDecide }: FindingRowProps) => {
  const t = useTranslations("caseExtraction");
  const isDifferent = finding.fits === "differs" && finding.present !== null;
  return (
    <li className="flex flex-col gap-2 border-b border-line py-3 first:pt-0 last:border-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-2">
        <span className="text-sm font-medium text-muted">{finding.label}</span>
        {finding.certainty === "doubtful" && <Badge tone="warning">{t("doubtful")}</Badge>}
        {isDifferent && <Badge tone="warning">{t("differs")}</Badge>}
      </p>
      <Compared finding={finding} isDifferent={isDifferent} />
      {finding.quote && (
        <p className="measure border-l-2 border-line pl-2 text-sm break-words text-muted">
          {t("quote", { quote: finding.quote, page: finding.page })}
        </p>
      )}
      {canDecide && <Steps caseId={caseId} finding={finding} debts={debts} />}
    </li>
  );
};
