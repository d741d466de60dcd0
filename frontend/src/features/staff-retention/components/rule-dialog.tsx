"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Checkbox } from "@/components/ui/choices";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useCheckedForm } from "@/lib/use-checked-form";

import { groupedDays, type RetentionRule, useChangeRule } from "../queries";
import { ruleSchema } from "../schemas";

/** Changes how long one kind of data is kept, or stops its cleaning. */
export const RuleDialog = ({ rule, onClose }: { rule: RetentionRule; onClose: () => void }) => {
  const t = useTranslations("retention");
  const id = useId();
  const toast = useToast();
  const change = useChangeRule(rule.key, () => {
    toast.show("success", t("edit.done"));
    onClose();
  });
  const form = useCheckedForm(ruleSchema, { days: String(rule.days), enabled: rule.enabled }, change.error);
  return (
    <FormDialog
      title={rule.title}
      lead={t("edit.lead")}
      submitLabel={t("edit.submit")}
      busy={change.isPending}
      error={change.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) change.mutate({ days: Number(values.days), enabled: values.enabled });
      }}
      onClose={onClose}
    >
      <TextInput
        id={`${id}-days`}
        width="short"
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        label={t("edit.days")}
        help={t("edit.least", { days: rule.least_days, shown: groupedDays(rule.least_days) })}
        error={form.error("days")}
        value={form.values.days}
        onChange={(event) => form.set("days", event.target.value)}
      />
      <Checkbox
        id={`${id}-enabled`}
        label={t("edit.enabled")}
        error={form.error("enabled")}
        checked={form.values.enabled}
        onChange={(event) => form.set("enabled", event.target.checked)}
      />
    </FormDialog>
  );
};
