"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Facts } from "@/components/desk/facts";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Panel } from "@/components/desk/panel";
import { ReasonDialog } from "@/components/desk/reason-dialog";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { formatDate, formatPhone } from "@/lib/format";

import { useCheckOrganisation, useCloseOrganisation } from "../mutations";
import { organisationQuery } from "../queries";
import type { Organisation } from "../types";
import { MembersPanel } from "./members-panel";
import { EditOrganisationDialog } from "./organisation-dialog";
import { OrganisationStatusBadge } from "./organisation-status";

interface StepProps {
  organisation: Organisation;
  onClose: () => void;
}

const CheckDialog = ({ organisation, onClose }: StepProps) => {
  const t = useTranslations("staffOrganisations.check");
  const toast = useToast();
  const check = useCheckOrganisation(organisation.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  return (
    <ReasonDialog
      title={t("title")}
      lead={t("lead")}
      label={t("note")}
      help={t("noteHelp")}
      field="note"
      submitLabel={t("submit")}
      mutation={check}
      onSubmit={(note) => check.mutate(note)}
      onClose={onClose}
    />
  );
};

const CloseDialog = ({ organisation, onClose }: StepProps) => {
  const t = useTranslations("staffOrganisations.close");
  const toast = useToast();
  const close = useCloseOrganisation(organisation.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  return (
    <ReasonDialog
      title={t("title", { name: organisation.name })}
      lead={t("lead", { count: organisation.people_count })}
      label={t("reason")}
      submitLabel={t("submit")}
      danger
      mutation={close}
      onSubmit={(reason) => close.mutate(reason)}
      onClose={onClose}
    />
  );
};

const DataPanel = ({ organisation }: { organisation: Organisation }) => {
  const t = useTranslations("staffOrganisations");
  const locale = useLocale();
  const checked = organisation.checked_at
    ? t("checkedBy", {
        date: formatDate(organisation.checked_at, locale),
        name: organisation.checked_by_name,
      })
    : t("notChecked");
  return (
    <Panel title={t("data")}>
      <Facts
        items={[
          { label: t("field.kind"), value: organisation.kind_label },
          { label: t("field.name_kk"), value: organisation.name_kk },
          { label: t("field.bin"), value: organisation.bin },
          { label: t("field.address"), value: organisation.address },
          { label: t("field.email"), value: organisation.email },
          { label: t("field.phone"), value: formatPhone(organisation.phone) },
          { label: t("field.checked"), value: checked },
        ]}
      />
    </Panel>
  );
};

const BUTTONS = [
  { action: "check", variant: "primary" },
  { action: "edit", variant: "secondary" },
  { action: "close", variant: "secondary" },
] as const;
type Step = (typeof BUTTONS)[number]["action"];

/** One organisation: its data, whether it was checked, and who acts for it. */
export const OrganisationPage = ({ organisationId }: { organisationId: string }) => {
  const t = useTranslations("staffOrganisations");
  const common = useTranslations("common");
  const [step, setStep] = useState<Step | null>(null);
  const { data: organisation, error, refetch } = useQuery(organisationQuery(organisationId));
  if (error && !organisation) {
    return (
      <div className="p-6">
        <ProblemState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!organisation) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-4 p-4">
        <Skeleton className="h-8 w-80 max-w-full" />
        <Skeleton className="h-64" />
      </Loading>
    );
  }
  const close = () => setStep(null);
  return (
    <Desk>
      <PageHead
        back={{ href: "/staff/organisations", label: t("title") }}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {organisation.name}
            <OrganisationStatusBadge status={organisation.status} />
          </span>
        }
        actions={BUTTONS.filter(({ action }) => organisation.allowed_actions.includes(action)).map(
          ({ action, variant }) => (
            <Button
              key={action}
              size="dense"
              variant={variant}
              className="max-sm:min-h-11"
              onClick={() => setStep(action)}
            >
              {t(`${action}.button`)}
            </Button>
          ),
        )}
      />
      {organisation.status === "unchecked" && <Alert tone="warning">{t("uncheckedText")}</Alert>}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <DataPanel organisation={organisation} />
        <MembersPanel organisation={organisation} />
      </div>
      {step === "edit" && <EditOrganisationDialog organisation={organisation} onClose={close} />}
      {step === "check" && <CheckDialog organisation={organisation} onClose={close} />}
      {step === "close" && <CloseDialog organisation={organisation} onClose={close} />}
    </Desk>
  );
};
