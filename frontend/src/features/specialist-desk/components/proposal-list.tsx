"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDate, formatMoney } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";
import { useProblemText } from "@/lib/use-problem-text";

import { type OwnProposal, ownProposalsQuery, useDeskPost } from "../queries";

const TONES: Record<OwnProposal["status"], BadgeTone> = {
  pending: "info",
  accepted: "success",
  rejected: "neutral",
  withdrawn: "neutral",
  expired: "warning",
};

const ProposalRow = ({ proposal }: { proposal: OwnProposal }) => {
  const t = useTranslations("specialistDesk.proposals");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const withdraw = useDeskPost<undefined>(`/desk/proposals/${proposal.id}/withdraw/`, () => undefined);
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <p className="font-semibold">
          {proposal.fee_kind === "free"
            ? t("free")
            : t(proposal.fee_kind, { sum: formatMoney(proposal.fee_tiyn) })}
          <span className="font-normal text-muted"> · {t("days", { count: proposal.days })}</span>
        </p>
        <Badge tone={TONES[proposal.status]}>{proposal.status_label}</Badge>
      </div>
      <p className="measure line-clamp-3 text-muted">{proposal.summary}</p>
      <p className="measure whitespace-pre-wrap">{proposal.words}</p>
      <div className="flex flex-wrap items-center gap-3">
        {proposal.case_id && (
          <Link
            href={`/desk/cases/${proposal.case_id}`}
            prefetch={false}
            className="font-medium text-primary hover:underline"
          >
            {t("case", { number: proposal.case_number ?? "" })}
          </Link>
        )}
        {proposal.status === "pending" && (
          <span className="text-xs text-muted">
            {t("until", { date: formatDate(proposal.expires_at, locale, "until") })}
          </span>
        )}
        {proposal.allowed_actions.includes("withdraw") && (
          <Button
            variant="quiet"
            size="dense"
            busy={withdraw.isPending}
            onClick={() =>
              withdraw.mutate(undefined, { onError: (error) => toast.show("danger", describe(error)) })
            }
          >
            {t("withdraw")}
          </Button>
        )}
      </div>
    </li>
  );
};

/** Own proposals and what became of them. */
export const ProposalList = () => {
  const t = useTranslations("specialistDesk.proposals");
  const query = useInfiniteQuery(ownProposalsQuery());
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <ListFrame query={query} count={rows.length} empty={{ title: t("emptyTitle"), text: t("emptyText") }}>
        <ul className="grid gap-3 lg:grid-cols-2">
          {rows.map((proposal) => (
            <ProposalRow key={proposal.id} proposal={proposal} />
          ))}
        </ul>
      </ListFrame>
    </Desk>
  );
};
