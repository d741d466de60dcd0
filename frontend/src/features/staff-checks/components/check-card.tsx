"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useState } from "react";

import { Facts } from "@/components/desk/facts";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { OpenFile } from "@/components/viewer/open-file";

import { type Decision, DECISIONS } from "../types";
import { DecisionDialog } from "./decision-dialog";

const TONES: Record<string, BadgeTone> = {
  submitted: "info",
  approved: "success",
  active: "success",
  rejected: "danger",
  suspended: "warning",
  revoked: "neutral",
  expired: "neutral",
};

interface CheckCardProps {
  of: "specialists" | "powers";
  id: string;
  version?: number;
  /** For the window of the decision. */
  name: string;
  title: ReactNode;
  kind: string;
  status: string;
  statusLabel: string;
  note: string;
  facts: ComponentProps<typeof Facts>["items"];
  fileId: string | null;
  allowed: readonly string[];
}

/** One entry of the queue with its proof and the decisions that are open. */
export const CheckCard = (props: CheckCardProps) => {
  const { of, id, version, name, title, kind, status, statusLabel, note, facts, fileId, allowed } = props;
  const t = useTranslations("staffChecks");
  const [asked, setAsked] = useState<Decision | null>(null);
  const offered = DECISIONS.filter((decision) => allowed.includes(decision));
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 className="text-base font-semibold">{title}</h2>
          <p className="text-muted">{kind}</p>
        </div>
        <Badge tone={TONES[status]} className="text-xs">
          {statusLabel}
        </Badge>
      </div>
      <Facts items={facts} />
      {note && (
        <p className="border-l-4 border-line pl-3">
          <span className="text-muted">{t("lastNote")}</span> {note}
        </p>
      )}
      {fileId ? (
        <OpenFile fileId={fileId} label={t("file")} title={t("fileOf", { name })} />
      ) : (
        <p className="text-warning">{t("noFile")}</p>
      )}
      {offered.length > 0 && (
        <div className="flex flex-wrap gap-2 border-t border-line pt-3">
          {offered.map((decision) => (
            <Button
              key={decision}
              size="dense"
              variant={decision === "approve" ? "primary" : "secondary"}
              className="max-sm:min-h-11"
              onClick={() => setAsked(decision)}
            >
              {t(`decision.${decision}.button`)}
            </Button>
          ))}
        </div>
      )}
      {asked && (
        <DecisionDialog
          of={of}
          id={id}
          name={name}
          decision={asked}
          version={version}
          onClose={() => setAsked(null)}
        />
      )}
    </li>
  );
};
