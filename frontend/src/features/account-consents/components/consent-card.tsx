"use client";

import { CircleCheck, CircleSlash, type LucideIcon, TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import type { ConsentText } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/lib/cn";
import { formatDateTime } from "@/lib/format";

import type { GivenConsent } from "../types";
import { TextDialog } from "./text-dialog";
import { WithdrawDialog } from "./withdraw-dialog";

type State = "given" | "older" | "withdrawn" | "never";

const stateOf = (given: GivenConsent | null): State => {
  if (!given) return "never";
  if (given.withdrawn_at) return "withdrawn";
  return given.is_current ? "given" : "older";
};

const MARKS: Record<State, { icon: LucideIcon; tone: string }> = {
  given: { icon: CircleCheck, tone: "text-success" },
  older: { icon: TriangleAlert, tone: "text-warning" },
  withdrawn: { icon: CircleSlash, tone: "text-muted" },
  never: { icon: CircleSlash, tone: "text-muted" },
};

const StateLine = ({ given }: { given: GivenConsent | null }) => {
  const t = useTranslations("consentsPage.state");
  const locale = useLocale();
  const state = stateOf(given);
  const { icon: Icon, tone } = MARKS[state];
  const when = given ? formatDateTime(given.withdrawn_at ?? given.accepted_at, locale) : "";
  return (
    <p className={cn("flex items-start gap-2 font-medium", tone)}>
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      {t(state, { when })}
    </p>
  );
};

interface ConsentCardProps {
  text: ConsentText;
  given: GivenConsent | null;
}

/** One consent: what it lets us do, since when, and the way out of it. */
export const ConsentCard = ({ text, given }: ConsentCardProps) => {
  const t = useTranslations("consentsPage");
  const [open, setOpen] = useState<"text" | "withdraw" | null>(null);
  const canWithdraw = given?.allowed_actions.includes("withdraw") ?? false;
  const canAccept = given ? given.allowed_actions.includes("accept") : true;
  const close = () => setOpen(null);
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <h2 className="text-lg font-semibold">{text.title}</h2>
        <StateLine given={given} />
      </div>
      {given && (
        <dl className="flex flex-col gap-3">
          <div>
            <dt className="text-sm text-muted">{t("allows")}</dt>
            <dd className="measure text-ink">{given.effect.allows}</dd>
          </div>
          {canWithdraw && (
            <div>
              <dt className="text-sm text-muted">{t("ends")}</dt>
              <dd className="measure text-ink">{given.effect.ends}</dd>
            </div>
          )}
        </dl>
      )}
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button
          variant={canAccept ? "primary" : "secondary"}
          aria-label={t(canAccept ? "readAndGiveLabel" : "readLabel", { title: text.title })}
          onClick={() => setOpen("text")}
        >
          {t(canAccept ? "readAndGive" : "read")}
        </Button>
        {canWithdraw && (
          <Button
            variant="quiet"
            aria-label={t("withdraw.openLabel", { title: text.title })}
            onClick={() => setOpen("withdraw")}
          >
            {t("withdraw.open")}
          </Button>
        )}
      </div>
      {open === "text" && <TextDialog text={text} given={given} canAccept={canAccept} onClose={close} />}
      {open === "withdraw" && given && <WithdrawDialog consent={given} onClose={close} />}
    </Card>
  );
};
