"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { Facts } from "@/components/facts";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";
import { isProblem } from "@/lib/problem";

import { useSubmitEntry } from "../mutations";
import type { Specialisation, Specialist } from "../types";
import { EntryForm } from "./entry-form";
import { ProofForm } from "./proof-form";

const TONES: Record<Specialist["status"], BadgeTone> = {
  draft: "neutral",
  submitted: "info",
  approved: "success",
  rejected: "danger",
  suspended: "warning",
  expired: "warning",
};

const EntryFacts = ({ entry }: { entry: Specialist }) => {
  const t = useTranslations("specialist");
  const form = useTranslations("specialist.form");
  const locale = useLocale();
  const none = t("none");
  const day = (iso: string | null) => (iso ? formatDate(iso, locale) : none);
  return (
    <Facts
      items={[
        { label: form(`register.${entry.kind}`), value: entry.register_name || none },
        { label: form("number"), value: entry.register_number || none },
        { label: form("issuedOn"), value: day(entry.issued_on) },
        { label: form("validUntil"), value: entry.valid_until ? day(entry.valid_until) : t("noEnd") },
        { label: form("fields"), value: entry.specialisation_labels.join(", ") || none },
        { label: form("region"), value: entry.region || none },
      ]}
    />
  );
};

const Submit = ({ entry }: { entry: Specialist }) => {
  const t = useTranslations("specialist.submit");
  const toast = useToast();
  const submit = useSubmitEntry(entry.kind, () => toast.show("success", t("done")));
  // What is missing is told with its own words: the server points at fields of the closed form.
  const details = isProblem(submit.error) ? submit.error.errors : [];
  return (
    <div className="flex flex-col gap-3">
      {details.length > 0 ? (
        <Alert tone="danger" title={t("incomplete")} live>
          <p>{t("incompleteText")}</p>
        </Alert>
      ) : (
        <ProblemAlert error={submit.error} />
      )}
      <Button
        busy={submit.isPending}
        className="self-start"
        disabled={!entry.has_proof}
        aria-describedby={entry.has_proof ? undefined : `needs-proof-${entry.kind}`}
        onClick={() => submit.mutate(entry.version)}
      >
        {t("submit")}
      </Button>
      {!entry.has_proof && (
        <p id={`needs-proof-${entry.kind}`} className="text-sm text-muted">
          {t("needsProof")}
        </p>
      )}
    </div>
  );
};

interface EntryCardProps {
  personId: string;
  entry: Specialist;
  catalogue: readonly Specialisation[];
}

/** One entry: how it stands, what the check said, and what may be done with it. */
export const EntryCard = ({ personId, entry, catalogue }: EntryCardProps) => {
  const t = useTranslations("specialist");
  const [mode, setMode] = useState<"shown" | "asked" | "edited">("shown");
  const may = (action: string) => entry.allowed_actions.includes(action);
  // Changing what was checked takes the role away until somebody has looked again: that is said first.
  const edit = () => setMode(entry.status === "approved" ? "asked" : "edited");
  return (
    <Card className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg font-semibold">{entry.kind_label}</h2>
        <Badge tone={TONES[entry.status]}>{entry.status_label}</Badge>
      </div>
      <p className="measure text-text">{t(`status.${entry.status}`)}</p>
      {entry.check_note && (
        <Alert tone={entry.status === "approved" ? "info" : "warning"} title={t("note")}>
          <p className="whitespace-pre-line">{entry.check_note}</p>
        </Alert>
      )}
      {mode === "edited" ? (
        <EntryForm
          personId={personId}
          kind={entry.kind}
          entry={entry}
          catalogue={catalogue}
          onDone={() => setMode("shown")}
        />
      ) : (
        <>
          <EntryFacts entry={entry} />
          {may("edit") && (
            <Button variant="secondary" className="self-start" onClick={edit}>
              {t("edit")}
            </Button>
          )}
          {may("attach_proof") && entry.status !== "approved" && <ProofForm entry={entry} />}
          {may("submit") && <Submit entry={entry} />}
        </>
      )}
      {mode === "asked" && (
        <ConfirmDialog
          title={t("editApproved.title")}
          submitLabel={t("editApproved.submit")}
          busy={false}
          error={null}
          onConfirm={() => setMode("edited")}
          onClose={() => setMode("shown")}
        >
          <p>{t("editApproved.text")}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
};
