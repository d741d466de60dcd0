"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { TextInput } from "@/components/ui/text-input";
import { api } from "@/lib/api-client";

import { errorAt, isPlaced } from "@/lib/field-errors";
import { type StaffLoad, useTeamChange } from "../queries";

export const CapacityDialog = ({ load, onClose }: { load: StaffLoad; onClose: () => void }) => {
  const t = useTranslations("staffQueues");
  const desk = useTranslations("desk.errors");
  const [typed, setTyped] = useState(String(load.capacity));
  const [isMissing, setMissing] = useState(false);
  const change = useTeamChange(
    () => api.patch(`/staff/load/${load.person.id}/`, { capacity: Number(typed), version: load.version }),
    onClose,
  );
  return (
    <FormDialog
      title={t("capacityOf", { name: load.person.full_name })}
      lead={t("capacityLead")}
      submitLabel={t("save")}
      busy={change.isPending}
      error={change.error}
      isAtFields={isPlaced(change.error, ["capacity"])}
      onSubmit={() => {
        // Nothing typed is not 0, which would keep every new case away.
        setMissing(typed === "");
        if (typed !== "") change.mutate();
      }}
      onClose={onClose}
    >
      <TextInput
        id="capacity"
        label={t("capacityField")}
        inputMode="numeric"
        maxLength={3}
        width="short"
        value={typed}
        error={isMissing && typed === "" ? desk("missing") : errorAt(change.error, "capacity")}
        onChange={(event) => setTyped(event.target.value.replace(/\D/g, ""))}
      />
    </FormDialog>
  );
};
