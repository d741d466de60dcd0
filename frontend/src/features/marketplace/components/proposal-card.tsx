"use client";

import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choices";
import { formatDate, formatMoney } from "@/lib/format";

import { type HelpProposal, type HelpRequest, useHelpStep } from "../queries";

interface ProposalCardProps {
  caseId: string;
  request: HelpRequest;
  proposal: HelpProposal;
}

const ChooseDialog = ({
  caseId,
  request,
  proposal,
  onClose,
}: ProposalCardProps & { onClose: () => void }) => {
  const t = useTranslations("marketplace.choose");
  const id = useId();
  const [consent, setConsent] = useState(false);
  const choose = useHelpStep<{ proposal_id: string; transfer_consent: boolean }>(
    caseId,
    `${request.id}/choose/`,
    onClose,
  );
  return (
    <FormDialog
      title={t("title", { name: proposal.specialist_name })}
      lead={t("lead")}
      submitLabel={t("submit")}
      busy={choose.isPending}
      error={choose.error}
      isAtFields={isPlaced(choose.error, ["transfer_consent"])}
      onSubmit={() => choose.mutate({ proposal_id: proposal.id, transfer_consent: consent })}
      onClose={onClose}
    >
      <Checkbox
        id={id}
        label={t("consent", { name: proposal.specialist_name })}
        error={errorAt(choose.error, "transfer_consent")}
        checked={consent}
        onChange={(event) => setConsent(event.target.checked)}
      />
      <p className="text-sm text-muted">{t("money")}</p>
    </FormDialog>
  );
};

/** What one specialist proposes: fee, time, words, and what stands in the register. */
export const ProposalCard = (props: ProposalCardProps) => {
  const { request, proposal } = props;
  const t = useTranslations("marketplace.proposal");
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const fee =
    proposal.fee_kind === "free" ? t("free") : t(proposal.fee_kind, { sum: formatMoney(proposal.fee_tiyn) });
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line p-4">
      <div>
        <p className="font-semibold text-ink">{proposal.specialist_name}</p>
        <p className="text-sm text-muted">
          {[proposal.organisation_name, proposal.city].filter(Boolean).join(", ")}
        </p>
        {proposal.register_number && (
          <p className="text-sm text-muted">
            {t("register", { name: proposal.register_name, number: proposal.register_number })}
          </p>
        )}
        {proposal.works_since && (
          <p className="text-sm text-muted">{t("since", { year: String(proposal.works_since) })}</p>
        )}
      </div>
      <dl className="grid grid-cols-2 gap-2">
        <div>
          <dt className="text-sm text-muted">{t("fee")}</dt>
          <dd className="font-semibold tabular-nums">{fee}</dd>
        </div>
        <div>
          <dt className="text-sm text-muted">{t("time")}</dt>
          <dd className="font-semibold">{t("days", { count: proposal.days })}</dd>
        </div>
      </dl>
      <p className="measure whitespace-pre-wrap">{proposal.words}</p>
      <div className="mt-auto flex flex-wrap items-center gap-3">
        {proposal.status === "pending" && request.allowed_actions.includes("choose") ? (
          <>
            <Button onClick={() => setOpen(true)}>{t("choose")}</Button>
            <span className="text-sm text-muted">
              {t("until", { date: formatDate(proposal.expires_at, locale, "until") })}
            </span>
          </>
        ) : (
          <Badge tone={proposal.status === "accepted" ? "success" : "neutral"}>{proposal.status_label}</Badge>
        )}
      </div>
      {isOpen && <ChooseDialog {...props} onClose={() => setOpen(false)} />}
    </li>
  );
};
