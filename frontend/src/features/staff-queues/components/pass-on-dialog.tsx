"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { FormDialog } from "@/components/desk/form-dialog";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/api-client";

import { type Absence, type PassedOn, queueKeys, useTeamChange } from "../queries";

/** What would happen to each case of somebody who is away, and doing it. */
export const PassOnDialog = ({ absence, onClose }: { absence: Absence; onClose: () => void }) => {
  const t = useTranslations("staffQueues");
  const common = useTranslations("common");
  const toast = useToast();
  const address = `/staff/absences/${absence.id}/pass-on/`;
  const preview = useQuery({
    queryKey: [...queueKeys.absences, "pass-on", absence.id],
    queryFn: () => api.post<PassedOn>(address, { preview: true }),
    gcTime: 0,
  });
  const passOn = useTeamChange(
    () => api.post<PassedOn>(address, { preview: false }),
    (done) => {
      toast.show("success", t("passed", { count: done.items.filter(({ how }) => how !== "nobody").length }));
      onClose();
    },
  );
  const items = preview.data?.items ?? [];
  return (
    <FormDialog
      title={t("passOnOf", { name: absence.person.full_name })}
      lead={t("passOnLead")}
      submitLabel={t("passOnNow")}
      busy={passOn.isPending}
      error={passOn.error ?? preview.error}
      onSubmit={() => (items.length > 0 ? passOn.mutate() : onClose())}
      onClose={onClose}
    >
      {!preview.data && !preview.error && (
        <Loading label={common("loading")}>
          <Skeleton className="h-24" />
        </Loading>
      )}
      {preview.data && items.length === 0 && <p>{t("nothingToPass")}</p>}
      <ul className="flex max-h-72 flex-col divide-y divide-line overflow-y-auto">
        {items.map((item) => (
          <li key={item.case_id} className="flex flex-wrap justify-between gap-2 py-1.5">
            <span className="font-medium">{item.number}</span>
            <span className={item.how === "nobody" ? "text-warning" : ""}>
              {item.how === "nobody" ? t("staysHere") : t(`how.${item.how}`, { name: item.to_name })}
            </span>
          </li>
        ))}
      </ul>
    </FormDialog>
  );
};
