"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { Loaded } from "@/components/loaded";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button, buttonStyles } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatDate } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { type HelpPage as Help, helpQuery, type HelpRequest, useHelpStep } from "../queries";
import { AskDialog } from "./ask-dialog";
import { ProposalCard } from "./proposal-card";

const Request = ({ caseId, request }: { caseId: string; request: HelpRequest }) => {
  const t = useTranslations("marketplace.request");
  const locale = useLocale();
  const [isCancelling, setCancelling] = useState(false);
  const cancel = useHelpStep<undefined>(caseId, `${request.id}/cancel/`, () => setCancelling(false));
  return (
    <Card className="flex flex-col gap-4">
      <header className="flex flex-wrap items-start justify-between gap-2">
        <div>
          <h3 className="text-lg font-semibold">{request.kind_label}</h3>
          <p className="text-sm text-muted">{t("asked", { date: formatDate(request.created_at, locale) })}</p>
        </div>
        <Badge tone={request.status === "open" ? "info" : "neutral"}>{request.status_label}</Badge>
      </header>
      <p className="measure whitespace-pre-wrap">{request.summary}</p>
      <p className="flex flex-wrap gap-1.5">
        {request.topics.map((topic) => (
          <Badge key={topic}>{topic}</Badge>
        ))}
      </p>
      <h4 className="font-semibold">{t("proposals", { count: request.proposals.length })}</h4>
      {request.proposals.length === 0 ? (
        <p className="text-muted">{request.status === "open" ? t("waiting") : t("none")}</p>
      ) : (
        <ul className="grid gap-4 md:grid-cols-2">
          {request.proposals.map((proposal) => (
            <ProposalCard key={proposal.id} caseId={caseId} request={request} proposal={proposal} />
          ))}
        </ul>
      )}
      {request.allowed_actions.includes("cancel") && (
        <Button variant="quiet" className="self-start" onClick={() => setCancelling(true)}>
          {t("cancel")}
        </Button>
      )}
      {isCancelling && (
        <ConfirmDialog
          title={t("cancelTitle")}
          submitLabel={t("cancel")}
          busy={cancel.isPending}
          error={cancel.error}
          onConfirm={() => cancel.mutate(undefined)}
          onClose={() => setCancelling(false)}
        >
          <p>{t("cancelText")}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
};

const Content = ({ caseId, help }: { caseId: string; help: Help }) => {
  const t = useTranslations("marketplace.page");
  const [kind, setKind] = useState<Help["may_ask"][number] | null>(null);
  return (
    <>
      <Alert tone="info" title={t("freeTitle")}>
        <p>{t("freeText")}</p>
        <Link
          href={`/consultations?case=${caseId}`}
          prefetch={false}
          className="font-medium text-primary underline"
        >
          {t("free")}
        </Link>
      </Alert>
      {help.may_ask.length > 0 && (
        <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
          {help.may_ask.map((one) => (
            <Button key={one} onClick={() => setKind(one)}>
              {t(`ask.${one}`)}
            </Button>
          ))}
          <Link
            href={`/consultations?case=${caseId}`}
            prefetch={false}
            className={buttonStyles({ variant: "secondary" })}
          >
            {t("directory")}
          </Link>
        </div>
      )}
      {help.items.map((request) => (
        <Request key={request.id} caseId={caseId} request={request} />
      ))}
      {kind && <AskDialog caseId={caseId} kind={kind} topics={help.topics} onClose={() => setKind(null)} />}
    </>
  );
};

/** Looking for a lawyer or mediator: what was asked, who proposes what, and the choice. */
export const HelpPage = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("marketplace.page");
  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold sm:text-xl">{t("title")}</h2>
        <p className="measure text-muted">{t("lead")}</p>
      </header>
      <Loaded query={useQuery(helpQuery(caseId))}>{(help) => <Content caseId={caseId} help={help} />}</Loaded>
    </div>
  );
};
