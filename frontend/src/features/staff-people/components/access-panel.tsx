"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Facts } from "@/components/desk/facts";
import { FormDialog } from "@/components/desk/form-dialog";
import { Panel } from "@/components/desk/panel";
import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

import { type PersonStep, usePersonStep } from "../mutations";
import type { PersonDetail } from "../types";

const STEPS = [
  { action: "end_sessions", step: "end-sessions", isDanger: false },
  { action: "reset_second_factor", step: "reset-second-factor", isDanger: true },
  { action: "deactivate", step: "deactivate", isDanger: true },
  { action: "reactivate", step: "reactivate", isDanger: false },
] as const satisfies readonly { action: string; step: PersonStep; isDanger: boolean }[];

type Step = (typeof STEPS)[number];

interface StepDialogProps {
  person: PersonDetail;
  step: Step;
  onClose: () => void;
}

const StepDialog = ({ person, step: { action, step, isDanger }, onClose }: StepDialogProps) => {
  const t = useTranslations("staffPeople.step");
  const toast = useToast();
  const move = usePersonStep(person.id, step, () => {
    toast.show("success", t(`${action}.done`));
    onClose();
  });
  const words = {
    title: t(`${action}.title`),
    lead: t(`${action}.lead`),
    submitLabel: t(`${action}.submit`),
  };
  if (action === "end_sessions") {
    return (
      <FormDialog
        {...words}
        busy={move.isPending}
        error={move.error}
        onSubmit={() => move.mutate({})}
        onClose={onClose}
      />
    );
  }
  return (
    <ReasonDialog
      {...words}
      danger={isDanger}
      label={t("reason")}
      help={t("reasonHelp")}
      mutation={move}
      onSubmit={(reason) => move.mutate({ reason })}
      onClose={onClose}
    />
  );
};

/** How this person comes in, and the ways to stop or help it. */
export const AccessPanel = ({ person }: { person: PersonDetail }) => {
  const t = useTranslations("staffPeople");
  const [asked, setAsked] = useState<Step | null>(null);
  const offered = STEPS.filter(({ action }) => person.allowed_actions.includes(action));
  return (
    <Panel title={t("panel.access")}>
      <Facts
        items={[
          { label: t("fact.sessions"), value: t("sessions", { count: person.open_sessions }) },
          { label: t("fact.secondFactor"), value: person.has_second_factor ? t("factorOn") : t("factorOff") },
        ]}
      />
      {offered.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {offered.map((step) => (
            <Button
              key={step.action}
              variant="secondary"
              size="dense"
              className="max-sm:min-h-11"
              onClick={() => setAsked(step)}
            >
              {t(`step.${step.action}.button`)}
            </Button>
          ))}
        </div>
      )}
      {asked && <StepDialog person={person} step={asked} onClose={() => setAsked(null)} />}
    </Panel>
  );
};
