"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Alert } from "@/components/ui/alert";
import { RadioCards } from "@/components/ui/choices";
import { TextArea } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useCheckedForm } from "@/lib/use-checked-form";

import { useDecideRequest, useExecuteRequest, useStartRequest } from "../mutations";
import { startSchema } from "../schemas";
import { type DataRequest, KINDS } from "../types";
import { Blockers, blockersOf } from "./blockers";

/** A refusal that names what stands in the way shows that list instead of its one sentence. */
const noticeOf = (error: unknown) => {
  const blockers = blockersOf(error);
  return blockers.length > 0 ? <Blockers blockers={blockers} /> : undefined;
};

interface DialogProps {
  request: DataRequest;
  onClose: () => void;
}

export const DecideDialog = ({
  request,
  decision,
  onClose,
}: DialogProps & { decision: "approve" | "refuse" }) => {
  const t = useTranslations("staffDataRequests");
  const toast = useToast();
  const decide = useDecideRequest(request.id, decision, () => {
    toast.show("success", t(`${decision}.done`));
    onClose();
  });
  return (
    <ReasonDialog
      title={t(`${decision}.title`, { name: request.person_name })}
      lead={t(`${decision}.lead`)}
      label={t("note")}
      help={t("noteHelp")}
      field="note"
      isOptional={decision === "approve"}
      submitLabel={t(`${decision}.submit`)}
      danger={decision === "refuse"}
      mutation={decide}
      onSubmit={(note) => decide.mutate({ note })}
      onClose={onClose}
    />
  );
};

/** The last step before data are gone: says so, by name. */
export const ExecuteDialog = ({ request, onClose }: DialogProps) => {
  const t = useTranslations("staffDataRequests.execute");
  const toast = useToast();
  const execute = useExecuteRequest(request.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  return (
    <FormDialog
      title={t("title", { name: request.person_name })}
      submitLabel={t("submit")}
      danger
      busy={execute.isPending}
      error={execute.error}
      notice={noticeOf(execute.error)}
      onSubmit={() => execute.mutate({})}
      onClose={onClose}
    >
      <Alert tone="warning">{t("warning")}</Alert>
    </FormDialog>
  );
};

interface StartDialogProps {
  personId: string;
  personName: string;
  onClose: () => void;
}

/** Opens a request for somebody who asked on the phone, in a letter or at a desk. */
export const StartRequestDialog = ({ personId, personName, onClose }: StartDialogProps) => {
  const t = useTranslations("staffDataRequests");
  const id = useId();
  const toast = useToast();
  const start = useStartRequest(personId, () => {
    toast.show("success", t("start.done"));
    onClose();
  });
  const form = useCheckedForm(startSchema, { kind: "", reason: "" }, start.error);
  return (
    <FormDialog
      title={t("start.title", { name: personName })}
      lead={t("start.lead")}
      submitLabel={t("start.submit")}
      busy={start.isPending}
      error={start.error}
      notice={noticeOf(start.error)}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) start.mutate(values);
      }}
      onClose={onClose}
    >
      <RadioCards
        id={`${id}-kind`}
        name="kind"
        label={t("start.kind")}
        value={form.values.kind}
        error={form.error("kind")}
        choices={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        onValueChange={(kind) => form.set("kind", kind)}
      />
      <TextArea
        id={`${id}-reason`}
        label={t("start.reason")}
        help={t("start.reasonHelp")}
        rows={3}
        maxLength={500}
        error={form.error("reason")}
        value={form.values.reason}
        onChange={(event) => form.set("reason", event.target.value)}
      />
    </FormDialog>
  );
};
