"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Select } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { isProblem } from "@/lib/problem";

import { joinTag, type Tag, useTagWrite } from "../queries";

interface JoinDialogProps {
  tag: Tag;
  others: readonly Tag[];
  onClose: () => void;
}

/** Another tag takes the place of this one everywhere; says on how many cases before it is done. */
export const JoinDialog = ({ tag, others, onClose }: JoinDialogProps) => {
  const t = useTranslations("staffTags");
  const id = useId();
  const toast = useToast();
  const [into, setInto] = useState("");
  const [isTried, setTried] = useState(false);
  const join = useTagWrite(joinTag(tag.id), () => {
    toast.show("success", t("joined"));
    onClose();
  });
  const refused = isProblem(join.error) ? join.error.errors[0]?.detail : undefined;
  return (
    <FormDialog
      title={t("joinTitle", { name: tag.name })}
      lead={t("joinLead", { count: tag.cases })}
      submitLabel={t("join")}
      busy={join.isPending}
      error={join.error}
      isAtFields={refused !== undefined}
      onSubmit={() => {
        setTried(true);
        if (into) join.mutate({ into_id: into });
      }}
      onClose={onClose}
    >
      <Select
        id={id}
        label={t("joinInto")}
        error={isTried && !into ? t("joinChoose") : refused}
        value={into}
        onChange={(event) => setInto(event.target.value)}
      >
        <option value="">{t("joinChoose")}</option>
        {others.map((other) => (
          <option key={other.id} value={other.id}>
            {other.name}
          </option>
        ))}
      </Select>
    </FormDialog>
  );
};
