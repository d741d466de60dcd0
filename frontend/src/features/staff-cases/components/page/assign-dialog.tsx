"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemState } from "@/components/state-panels";
import { RadioCards } from "@/components/ui/choices";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";

import { useAssignCase } from "../../mutations";
import { managersQuery } from "../../queries";
import type { StaffCase } from "../../types";
import { CaseDialog } from "./case-dialog";

const POOL = "pool";

interface AssignDialogProps {
  detail: StaffCase;
  userId: string;
  onClose: () => void;
}

export const AssignDialog = ({ detail, userId, onClose }: AssignDialogProps) => {
  const t = useTranslations("staff.assign");
  const common = useTranslations("common");
  const toast = useToast();
  const { data, error, refetch } = useQuery(managersQuery);
  const [chosen, setChosen] = useState(detail.assignee?.id ?? "");
  const assign = useAssignCase(detail.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  const choices = [
    ...(data?.items ?? []).map((person) => ({
      value: person.id,
      label: person.full_name,
      help: person.id === userId ? t("you") : undefined,
    })),
    { value: POOL, label: t("pool"), help: t("poolHelp") },
  ];
  return (
    <CaseDialog
      title={t("title")}
      submitLabel={t("submit")}
      busy={assign.isPending}
      error={assign.error}
      onSubmit={() =>
        chosen && assign.mutate({ assignee_id: chosen === POOL ? null : chosen, version: detail.version })
      }
      onClose={onClose}
    >
      {error && !data ? (
        <ProblemState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <RadioCards
          id="assignee"
          name="assignee"
          label={t("who")}
          value={chosen}
          choices={choices}
          onValueChange={setChosen}
        />
      ) : (
        <Loading label={common("loading")} className="flex flex-col gap-2">
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </Loading>
      )}
    </CaseDialog>
  );
};
