"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowUp, Pencil, Plus, Shuffle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { Panel } from "@/components/desk/panel";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/api-client";
import { useProblemText } from "@/lib/use-problem-text";

import { queuesQuery, type StaffQueue, useTeamChange } from "../queries";
import { useRuleText } from "../rule-text";
import { QueueDialog } from "./queue-dialog";

interface QueueCardProps {
  queue: StaffQueue;
  mayEdit: boolean;
  onChange: () => void;
  onRaise?: () => void;
}

const QueueCard = ({ queue, mayEdit, onChange, onRaise }: QueueCardProps) => {
  const t = useTranslations("staffQueues");
  const toast = useToast();
  const describe = useProblemText();
  const ruleText = useRuleText();
  const distribute = useTeamChange(
    () => api.post<{ given: number; left: number }>(`/staff/queues/${queue.id}/distribute/`),
    (result) => toast.show("success", t("distributed", result)),
  );
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line p-3">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h3 className="font-semibold">{queue.name}</h3>
          <p className="text-muted">{ruleText(queue.rule)}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {queue.distributes && <Badge tone="info">{t("byItself")}</Badge>}
          <Badge tone={queue.waiting > 0 ? "warning" : "neutral"}>
            {t("waiting", { count: queue.waiting })}
          </Badge>
        </div>
      </div>
      <p>
        {queue.members.length > 0
          ? queue.members.map(({ full_name }) => full_name).join(", ")
          : t("noMembers")}
      </p>
      {mayEdit && (
        <div className="flex flex-wrap gap-1">
          <Button
            variant="quiet"
            size="dense"
            onClick={onChange}
            aria-label={t("changeOf", { name: queue.name })}
          >
            <Pencil aria-hidden className="size-4" />
            {t("change")}
          </Button>
          {onRaise && (
            <Button
              variant="quiet"
              size="dense"
              onClick={onRaise}
              aria-label={t("raiseOf", { name: queue.name })}
            >
              <ArrowUp aria-hidden className="size-4" />
              {t("raise")}
            </Button>
          )}
          {queue.waiting > 0 && queue.members.length > 0 && (
            <Button
              variant="quiet"
              size="dense"
              busy={distribute.isPending}
              onClick={() => distribute.mutate()}
            >
              <Shuffle aria-hidden className="size-4" />
              {t("distribute")}
            </Button>
          )}
        </div>
      )}
      {distribute.error && (
        <Alert tone="danger" live>
          {describe(distribute.error)}
        </Alert>
      )}
    </li>
  );
};

/** Queues in the order in which their rules are asked: the first one that fits takes a case. */
export const QueueList = () => {
  const t = useTranslations("staffQueues");
  const query = useQuery(queuesQuery);
  const [open, setOpen] = useState<StaffQueue | "new" | null>(null);
  const reorder = useTeamChange(
    (ids: readonly string[]) => api.post<unknown>("/staff/queues/order/", { queue_ids: ids }),
    () => undefined,
  );
  const items = query.data?.items ?? [];
  const mayEdit = query.data?.may_edit ?? false;
  const raise = (index: number) => {
    const ids = items.map(({ id }) => id);
    const [moved] = ids.splice(index, 1);
    if (moved) ids.splice(index - 1, 0, moved);
    reorder.mutate(ids);
  };
  return (
    <Panel
      title={t("queues")}
      action={
        mayEdit && (
          <Button size="dense" onClick={() => setOpen("new")}>
            <Plus aria-hidden className="size-4" />
            {t("add")}
          </Button>
        )
      }
    >
      <p className="measure text-muted">{t("queuesLead")}</p>
      <ListFrame query={query} count={items.length} empty={{ title: t("noQueues"), text: t("noQueuesText") }}>
        <ol className="grid gap-3 lg:grid-cols-2">
          {items.map((queue, index) => (
            <QueueCard
              key={queue.id}
              queue={queue}
              mayEdit={mayEdit}
              onChange={() => setOpen(queue)}
              onRaise={index > 0 ? () => raise(index) : undefined}
            />
          ))}
        </ol>
      </ListFrame>
      {(query.data?.without_queue ?? 0) > 0 && (
        <p className="text-warning">{t("withoutQueue", { count: query.data?.without_queue ?? 0 })}</p>
      )}
      {open && <QueueDialog queue={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Panel>
  );
};
