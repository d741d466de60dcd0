"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-input";
import { formatPhone } from "@/lib/format";
import { isProblem } from "@/lib/problem";
import { useCountdown } from "@/lib/use-countdown";

import { type Revealed, useReveal } from "../../mutations";
import type { StaffCase } from "../../types";
import { CaseDialog } from "./case-dialog";

const SHOWN_MS = 60_000;
const SHORTEST_REASON = 5;

interface RevealDialogProps {
  caseId: string;
  onShown: (values: Revealed) => void;
  onClose: () => void;
}

const RevealDialog = ({ caseId, onShown, onClose }: RevealDialogProps) => {
  const t = useTranslations("staff.reveal");
  const id = useId();
  const [reason, setReason] = useState("");
  const [isShort, setShort] = useState(false);
  const reveal = useReveal(caseId, (values) => {
    onShown(values);
    onClose();
  });
  const fieldError = isProblem(reveal.error) ? reveal.error.fieldError("/reason")?.detail : undefined;
  const submit = () => {
    const text = reason.trim();
    setShort(text.length < SHORTEST_REASON);
    if (text.length >= SHORTEST_REASON) reveal.mutate({ fields: ["iin", "phone"], reason: text });
  };
  return (
    <CaseDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("submit")}
      busy={reveal.isPending}
      error={reveal.error}
      isShownAtField={Boolean(fieldError)}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextArea
        id={id}
        label={t("reason")}
        help={t("reasonHelp")}
        error={isShort ? t("reasonShort") : fieldError}
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </CaseDialog>
  );
};

interface Shown {
  values: Revealed;
  until: number;
}

/** ИИН and phone stand masked; whoever needs them says why, sees them for a minute, and the reading is kept. */
export const PersonalNumbers = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("staff.reveal");
  const [isAsking, setAsking] = useState(false);
  const [shown, setShown] = useState<Shown | null>(null);
  const left = useCountdown(shown?.until ?? null);

  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(null), Math.max(0, shown.until - Date.now()));
    return () => clearTimeout(timer);
  }, [shown]);

  const phone = shown?.values.phone;
  return (
    <div className="flex flex-col gap-2">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-muted">{t("iin")}</dt>
        <dd className="text-ink">{shown?.values.iin ?? detail.applicant.masked_iin ?? "—"}</dd>
        <dt className="text-muted">{t("phone")}</dt>
        <dd className="text-ink">
          {phone ? (
            <a href={`tel:${phone}`} className="text-primary underline underline-offset-2">
              {formatPhone(phone)}
            </a>
          ) : (
            (detail.applicant.masked_phone ?? "—")
          )}
        </dd>
      </dl>
      <p aria-live="polite" className="sr-only">
        {shown ? t("shownNow") : ""}
      </p>
      {shown ? (
        <Button variant="quiet" size="dense" className="-ml-3 self-start" onClick={() => setShown(null)}>
          <EyeOff aria-hidden className="size-5" />
          {t("hide", { seconds: left })}
        </Button>
      ) : (
        detail.allowed_actions.includes("reveal") && (
          <Button variant="quiet" size="dense" className="-ml-3 self-start" onClick={() => setAsking(true)}>
            <Eye aria-hidden className="size-5" />
            {t("show")}
          </Button>
        )
      )}
      {isAsking && (
        <RevealDialog
          caseId={detail.id}
          onShown={(values) => setShown({ values, until: Date.now() + SHOWN_MS })}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
};
