"use client";

import { useQuery } from "@tanstack/react-query";
import { Split } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatMoney } from "@/lib/format";
import { useRouter } from "@/lib/i18n/navigation";
import { useProblemText } from "@/lib/use-problem-text";

import { linkedDetailQuery, useSplit, useSplitPreview } from "../queries";
import { MovedList } from "./moved-list";

/** Give chosen debts a case of their own. Offered where there is something to leave behind. */
export const SplitPanel = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseLinks.split");
  const describe = useProblemText();
  const toast = useToast();
  const router = useRouter();
  const { data: detail } = useQuery(linkedDetailQuery(caseId));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const preview = useSplitPreview(caseId);
  const split = useSplit(caseId, (child) => {
    toast.show("success", t("done", { number: child.number }));
    router.push(`/staff/cases/${child.id}`);
  });
  if (!detail || detail.obligations.length < 2) return null;
  const toggle = (debtId: string) =>
    setChosen(chosen.includes(debtId) ? chosen.filter((one) => one !== debtId) : [...chosen, debtId]);
  const isPossible = chosen.length > 0 && chosen.length < detail.obligations.length;
  return (
    <section
      aria-labelledby="split-title"
      className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4"
    >
      <h2 id="split-title" className="text-base font-semibold">
        {t("title")}
      </h2>
      <p className="text-muted">{t("lead")}</p>
      <fieldset className="flex flex-col">
        <legend className="sr-only">{t("debts")}</legend>
        {detail.obligations.map((debt) => (
          <label key={debt.id} className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
            <input
              type="checkbox"
              checked={chosen.includes(debt.id)}
              onChange={() => toggle(debt.id)}
              className="size-4 shrink-0 accent-primary"
            />
            <span className="min-w-0 break-words">
              {debt.creditor.name}, {debt.contract_number}
            </span>
            <span className="ml-auto whitespace-nowrap tabular-nums">{formatMoney(debt.total_tiyn)}</span>
          </label>
        ))}
      </fieldset>
      {preview.error && (
        <Alert tone="danger" live className="p-3">
          {describe(preview.error)}
        </Alert>
      )}
      <Button
        variant="secondary"
        size="dense"
        className="self-start"
        disabled={!isPossible}
        busy={preview.isPending}
        onClick={() => preview.mutate(chosen)}
      >
        <Split aria-hidden className="size-4" />
        {t("preview")}
      </Button>
      {preview.data && preview.data.refusal !== "" && (
        <Alert tone="warning" live className="p-3">
          {t("refused")}
        </Alert>
      )}
      {preview.data && preview.data.refusal === "" && (
        <ReasonDialog
          title={t("windowTitle", { count: chosen.length })}
          lead={t("windowLead")}
          label={t("reason")}
          submitLabel={t("submit")}
          mutation={split}
          onClose={() => preview.reset()}
          onSubmit={(reason) => split.mutate({ obligation_ids: chosen, reason, version: detail.version })}
        >
          <MovedList sections={preview.data.sections} />
        </ReasonDialog>
      )}
    </section>
  );
};
