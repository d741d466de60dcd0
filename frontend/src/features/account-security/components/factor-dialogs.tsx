"use client";

import { useTranslations } from "next-intl";
import * as z from "zod/mini";

import type { Factor } from "@/api/identity";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { CheckedForm } from "@/components/form/checked-form";
import { TextField } from "@/components/form/fields";
import { textRule } from "@/components/form/rules";
import { RecoveryCodes } from "@/components/recovery-codes";
import { Dialog } from "@/components/ui/dialog";

import { useNewRecoveryCodes, useRemoveFactor, useRenameFactor } from "../mutations";
import { RemovalDialog } from "./removal-dialog";

interface FactorDialogProps {
  factor: Factor;
  onClose: () => void;
}

const LONGEST_NAME = 80;

export const RenameFactor = ({ factor, onClose }: FactorDialogProps) => {
  const t = useTranslations("security.factors.rename");
  const common = useTranslations("common");
  const rename = useRenameFactor();
  const schema = z.object({
    name: textRule({ missing: t("missing"), max: LONGEST_NAME, tooLong: t("tooLong") }),
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title")} closeLabel={common("close")}>
      <CheckedForm
        values={{ name: factor.name }}
        schema={schema}
        error={rename.error}
        busy={rename.isPending}
        submitLabel={t("submit")}
        onSubmit={({ name }) => rename.mutate({ id: factor.id, name: name.trim() }, { onSuccess: onClose })}
      >
        {(field) => <TextField {...field("name")} label={t("label")} maxLength={LONGEST_NAME} />}
      </CheckedForm>
    </Dialog>
  );
};

export const RemoveFactor = ({ factor, onClose }: FactorDialogProps) => {
  const remove = useRemoveFactor();
  return (
    <RemovalDialog
      of="factors"
      name={factor.name}
      removal={remove}
      onConfirm={(options) => remove.mutate(factor.id, options)}
      onClose={onClose}
    />
  );
};

/** First what it would do, then the codes, which nobody can see a second time. */
export const NewRecoveryCodes = ({ onClose }: { onClose: () => void }) => {
  const t = useTranslations("security.factors.newCodes");
  const common = useTranslations("common");
  const make = useNewRecoveryCodes();
  if (!make.data) {
    return (
      <ConfirmDialog
        title={t("title")}
        submitLabel={t("submit")}
        busy={make.isPending}
        error={make.error}
        onConfirm={() => make.mutate()}
        onClose={onClose}
      >
        <p>{t("text")}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("shownTitle")}
      closeLabel={common("close")}
    >
      <RecoveryCodes codes={make.data.recovery_codes} doneLabel={t("kept")} onDone={onClose} />
    </Dialog>
  );
};
