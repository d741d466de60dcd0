"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";
import { useRouter } from "@/lib/i18n/navigation";

import { useRemoveParty } from "../mutations";
import type { CaseParty } from "../queries";

type Way = "remove" | "leave";

const EndDialog = ({
  caseId,
  party,
  way,
  onClose,
}: {
  caseId: string;
  party: CaseParty;
  way: Way;
  onClose: () => void;
}) => {
  const t = useTranslations(`parties.${way}`);
  const toast = useToast();
  const router = useRouter();
  const remove = useRemoveParty(caseId, party.id, () => {
    toast.show("success", t("done"));
    onClose();
    // Whoever has left sees the case no more.
    if (way === "leave") router.push("/cases");
  });
  return (
    <ConfirmDialog
      title={t("title")}
      submitLabel={t("submit")}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t("text", { name: party.person_name || party.role_label })}</p>
    </ConfirmDialog>
  );
};

export const PartyLine = ({ caseId, party }: { caseId: string; party: CaseParty }) => {
  const t = useTranslations("parties");
  const locale = useLocale();
  const [isAsked, setAsked] = useState(false);
  const way: Way | null = party.allowed_actions.includes("remove")
    ? "remove"
    : party.allowed_actions.includes("leave")
      ? "leave"
      : null;
  return (
    <li className="flex items-start justify-between gap-3 py-3">
      <div className="min-w-0">
        <p className="font-medium break-words text-ink">{party.person_name || t("noName")}</p>
        <p className="text-sm text-muted">
          {[party.role_label, party.organisation_name].filter(Boolean).join(", ")}
        </p>
        <p className="text-sm text-muted">
          {t("since", { date: formatDate(party.added_at, locale, "from") })}
        </p>
      </div>
      {way && (
        <Button
          variant="quiet"
          className="-mt-1 -mr-2 px-2"
          aria-label={t(`${way}.label`, { name: party.person_name || party.role_label })}
          onClick={() => setAsked(true)}
        >
          {t(`${way}.open`)}
        </Button>
      )}
      {isAsked && way && (
        <EndDialog caseId={caseId} party={party} way={way} onClose={() => setAsked(false)} />
      )}
    </li>
  );
};
