"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { Facts } from "@/components/facts";
import { Alert } from "@/components/ui/alert";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";

import { useRevokePower } from "../mutations";
import type { Power } from "../types";
import { AttachDocument } from "./attach-document";

const TONES: Record<Power["status"], BadgeTone> = {
  submitted: "info",
  active: "success",
  rejected: "danger",
  revoked: "neutral",
  expired: "neutral",
};

interface PowerProps {
  power: Power;
  /** Given by this person, or received. */
  side: "given" | "received";
}

const RevokeDialog = ({ power, side, onClose }: PowerProps & { onClose: () => void }) => {
  const t = useTranslations(`powers.revoke.${side}`);
  const toast = useToast();
  const revoke = useRevokePower(power.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  return (
    <ConfirmDialog
      title={t("title")}
      submitLabel={t("submit")}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <p>{t("text", { who: side === "given" ? power.representative_name : power.principal_name })}</p>
    </ConfirmDialog>
  );
};

const AttachDialog = ({ power, onClose }: { power: Power; onClose: () => void }) => {
  const t = useTranslations("powers.document");
  const common = useTranslations("common");
  const toast = useToast();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("lead")}
      closeLabel={common("close")}
    >
      <AttachDocument
        powerId={power.id}
        onDone={() => {
          toast.show("success", t("done"));
          onClose();
        }}
      />
    </Dialog>
  );
};

/** One power: who, what, until when, and how it stands. */
export const PowerCard = ({ power, side }: PowerProps) => {
  const t = useTranslations("powers");
  const locale = useLocale();
  const [open, setOpen] = useState<"revoke" | "attach" | null>(null);
  const who = side === "given" ? power.representative_name : power.principal_name;
  const canAttach = power.allowed_actions.includes("attach_document");
  const close = () => setOpen(null);
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{who || t("noName")}</h3>
        <Badge tone={TONES[power.status]}>{power.status_label}</Badge>
      </div>
      <Facts
        items={[
          { label: t("may"), value: power.scope.map((scope) => t(`scopes.${scope}`)).join("; ") },
          {
            label: t("days"),
            value: t("span", {
              from: formatDate(power.valid_from, locale, "from"),
              until: formatDate(power.valid_until, locale, "until"),
            }),
          },
          ...(power.number ? [{ label: t("paper"), value: `${power.number}, ${power.issued_by}` }] : []),
        ]}
      />
      {power.check_note && <Alert tone="warning">{power.check_note}</Alert>}
      {canAttach && !power.has_document && (
        <Alert tone="warning">
          <p>{t("documentMissing")}</p>
        </Alert>
      )}
      {power.allowed_actions.length > 0 && (
        <div className="flex flex-col gap-2 sm:flex-row">
          {canAttach && (
            <Button variant={power.has_document ? "secondary" : "primary"} onClick={() => setOpen("attach")}>
              {t(power.has_document ? "document.replace" : "document.open")}
            </Button>
          )}
          {power.allowed_actions.includes("revoke") && (
            <Button
              variant="secondary"
              aria-label={`${t(`revoke.${side}.open`)}: ${who}`}
              onClick={() => setOpen("revoke")}
            >
              {t(`revoke.${side}.open`)}
            </Button>
          )}
        </div>
      )}
      {open === "revoke" && <RevokeDialog power={power} side={side} onClose={close} />}
      {open === "attach" && <AttachDialog power={power} onClose={close} />}
    </Card>
  );
};
