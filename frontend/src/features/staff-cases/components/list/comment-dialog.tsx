"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { TextArea } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { staffCaseKeys } from "../../queries";
import type { StaffCase } from "../../types";
import { OneChoice } from "./chip-choices";

const useComment = (caseId: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: { text: string; audience: string }) =>
      api.post(`/cases/${caseId}/comments/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: () => {
      renew();
      void queryClient.invalidateQueries({ queryKey: staffCaseKeys.case(caseId) });
      void queryClient.invalidateQueries({ queryKey: staffCaseKeys.lists });
      onDone();
    },
  });
};

/** A note for the team or an answer to the borrower, written from the list. */
export const CommentDialog = ({ detail, onClose }: { detail: StaffCase; onClose: () => void }) => {
  const t = useTranslations("caseList.comment");
  const toast = useToast();
  const canNote = detail.allowed_actions.includes("comment_internal");
  const canTell = detail.allowed_actions.includes("comment");
  const [audience, setAudience] = useState(canNote ? "internal" : "public");
  const [text, setText] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const add = useComment(detail.id, () => {
    toast.show("success", t(audience === "internal" ? "noteDone" : "replyDone"));
    onClose();
  });
  const submit = () => {
    setEmpty(text.trim() === "");
    if (text.trim() !== "") add.mutate({ text: text.trim(), audience });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !add.isPending) submit();
  };
  return (
    <FormDialog
      title={t("title", { number: detail.number ?? "" })}
      submitLabel={t(audience === "internal" ? "addNote" : "sendReply")}
      busy={add.isPending}
      error={add.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {canNote || canTell ? (
        <>
          <fieldset>
            <legend className="text-sm text-muted">{t("who")}</legend>
            <OneChoice
              choices={[
                ...(canNote ? [{ value: "internal", label: t("team") }] : []),
                ...(canTell ? [{ value: "public", label: t("borrower") }] : []),
              ]}
              value={audience}
              onValue={setAudience}
            />
          </fieldset>
          <TextArea
            id="list-comment"
            label={t(audience === "internal" ? "note" : "reply")}
            rows={4}
            maxLength={4000}
            value={text}
            error={isEmpty ? t("empty") : undefined}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </>
      ) : (
        <p>{t("none")}</p>
      )}
    </FormDialog>
  );
};
