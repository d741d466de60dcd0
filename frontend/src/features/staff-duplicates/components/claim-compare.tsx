"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Panel } from "@/components/desk/panel";
import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { useProblemText } from "@/lib/use-problem-text";

import { useDismiss, useMerge } from "../mutations";
import { previewQuery } from "../queries";
import type { Claim } from "../types";
import { AccountCard } from "./account-card";

/** What would move, counted by the server for the choice made. */
const Preview = ({ claimId, keep }: { claimId: string; keep: string }) => {
  const t = useTranslations("staffDuplicates.preview");
  const describe = useProblemText();
  const { data, error } = useQuery(previewQuery(claimId, keep));
  if (error && !data) return <Alert tone="danger">{describe(error)}</Alert>;
  if (!data) return <Skeleton className="h-20" />;
  return (
    <div aria-live="polite" className="flex flex-col gap-2">
      <h3 className="font-medium">{t("title")}</h3>
      {data.sections.every(({ count }) => count === 0) ? (
        <p className="text-muted">{t("nothing")}</p>
      ) : (
        <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {data.sections
            .filter(({ count }) => count > 0)
            .map(({ code, label, count }) => (
              <li key={code} className="flex justify-between gap-3 border-b border-line py-1">
                <span>{label}</span>
                <span className="font-medium text-ink">{count}</span>
              </li>
            ))}
        </ul>
      )}
      {data.warnings.map((warning) => (
        <Alert key={warning} tone="warning">
          {warning}
        </Alert>
      ))}
    </div>
  );
};

/** Two accounts side by side: which stays, what moves, and the decision with its reason. */
export const ClaimCompare = ({ claim, onDone }: { claim: Claim; onDone: () => void }) => {
  const t = useTranslations("staffDuplicates");
  const toast = useToast();
  const [keep, setKeep] = useState(claim.holder.id);
  const [asked, setAsked] = useState<"merge" | "dismiss" | null>(null);
  const finish = (text: string) => () => {
    toast.show("success", text);
    setAsked(null);
    onDone();
  };
  const merge = useMerge(claim.id, finish(t("merge.done")));
  const dismiss = useDismiss(claim.id, finish(t("dismiss.done")));
  const kept = keep === claim.holder.id ? claim.holder : claim.claimant;
  return (
    <Panel title={t("compare")}>
      <div role="radiogroup" aria-label={t("which")} className="flex flex-col gap-3 md:flex-row">
        {[claim.holder, claim.claimant].map((account) => (
          <AccountCard
            key={account.id}
            account={account}
            isKept={account.id === keep}
            onKeep={() => setKeep(account.id)}
          />
        ))}
      </div>
      <Preview claimId={claim.id} keep={keep} />
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button variant="danger" onClick={() => setAsked("merge")}>
          {t("merge.button")}
        </Button>
        <Button variant="secondary" onClick={() => setAsked("dismiss")}>
          {t("dismiss.button")}
        </Button>
      </div>
      {asked === "merge" && (
        <ReasonDialog
          title={t("merge.title")}
          lead={t("merge.lead", { name: kept.full_name || t("noName") })}
          label={t("reason")}
          help={t("merge.help")}
          submitLabel={t("merge.submit")}
          danger
          mutation={merge}
          onSubmit={(reason) => merge.mutate({ keep, reason })}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === "dismiss" && (
        <ReasonDialog
          title={t("dismiss.title")}
          lead={t("dismiss.lead")}
          label={t("reason")}
          submitLabel={t("dismiss.submit")}
          mutation={dismiss}
          onSubmit={(reason) => dismiss.mutate({ reason })}
          onClose={() => setAsked(null)}
        />
      )}
    </Panel>
  );
};
