"use client";

import { ChevronDown } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Facts } from "@/components/desk/facts";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { formatDateTime } from "@/lib/format";

import type { DataRequest } from "../types";
import { Blockers } from "./blockers";
import { PreviewTable } from "./preview-table";
import { DecideDialog, ExecuteDialog } from "./request-dialogs";

const TONES: Record<DataRequest["status"], BadgeTone> = {
  requested: "info",
  approved: "primary",
  running: "primary",
  done: "success",
  refused: "warning",
  cancelled: "neutral",
  failed: "danger",
};

const BUTTONS = [
  { action: "approve", variant: "primary" },
  { action: "refuse", variant: "secondary" },
  { action: "execute", variant: "danger" },
] as const;
type Action = (typeof BUTTONS)[number]["action"];

/** One request: who asked, what it would do, the decision and how far it is. */
export const RequestCard = ({ request }: { request: DataRequest }) => {
  const t = useTranslations("staffDataRequests");
  const locale = useLocale();
  const [asked, setAsked] = useState<Action | null>(null);
  const offered = BUTTONS.filter(({ action }) => request.allowed_actions.includes(action));
  const close = () => setAsked(null);
  const facts = [
    { label: t("fact.asked"), value: request.requested_by_name },
    { label: t("fact.at"), value: formatDateTime(request.created_at, locale) },
    ...(request.decided_by_name
      ? [
          {
            label: t("fact.decided"),
            value: [
              request.decided_by_name,
              request.decided_at ? formatDateTime(request.decided_at, locale) : "",
            ]
              .filter(Boolean)
              .join(", "),
          },
        ]
      : []),
    ...(request.note ? [{ label: t("note"), value: request.note }] : []),
    ...(request.done_at ? [{ label: t("fact.done"), value: formatDateTime(request.done_at, locale) }] : []),
  ];
  return (
    <li className="rounded-card border border-line bg-surface">
      <details className="group" open={offered.length > 0 || request.status === "running" || undefined}>
        <summary className="flex min-h-14 list-none items-center gap-3 rounded-card px-4 py-2 hover:bg-primary-soft [&::-webkit-details-marker]:hidden">
          <span className="min-w-0 flex-1">
            <span className="block font-medium text-ink">{request.person_name}</span>
            <span className="text-muted">{request.kind_label}</span>
          </span>
          <Badge tone={TONES[request.status]} className="text-xs">
            {request.status_label}
          </Badge>
          <ChevronDown
            aria-hidden
            className="size-5 shrink-0 text-muted transition-transform duration-150 group-open:rotate-180"
          />
        </summary>
        <div className="flex flex-col gap-4 border-t border-line p-4">
          {request.status === "running" && (
            <Progress
              value={request.progress_percent}
              max={100}
              label={t("progress", { percent: request.progress_percent })}
            />
          )}
          <Facts items={facts} />
          <PreviewTable request={request} />
          <Blockers blockers={request.preview.blockers} />
          {offered.length > 0 && (
            <div className="flex flex-wrap gap-2">
              {offered.map(({ action, variant }) => (
                <Button
                  key={action}
                  size="dense"
                  variant={variant}
                  className="max-sm:min-h-11"
                  onClick={() => setAsked(action)}
                >
                  {t(`${action}.button`)}
                </Button>
              ))}
            </div>
          )}
        </div>
      </details>
      {(asked === "approve" || asked === "refuse") && (
        <DecideDialog request={request} decision={asked} onClose={close} />
      )}
      {asked === "execute" && <ExecuteDialog request={request} onClose={close} />}
    </li>
  );
};
