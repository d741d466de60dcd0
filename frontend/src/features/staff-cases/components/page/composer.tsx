"use client";

import { Lock, MessageSquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { inputStyles } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { cn } from "@/lib/cn";
import { useProblemText } from "@/lib/use-problem-text";

import { useAddComment } from "../../mutations";
import type { StaffCase } from "../../types";

const tabStyles =
  "inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-field border border-transparent px-3 font-medium text-muted hover:bg-primary-soft has-focus-visible:outline-3 has-focus-visible:outline-focus sm:min-h-9";

/** One field for both: a note for staff, or words that the borrower reads too. Which of the two cannot be missed. */
export const Composer = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("staff.composer");
  const describe = useProblemText();
  const toast = useToast();
  const id = useId();
  const [text, setText] = useState("");
  const canNote = detail.allowed_actions.includes("comment_internal");
  const canTell = detail.allowed_actions.includes("comment");
  const [wantsInternal, setInternal] = useState(true);
  const isInternal = canNote && (wantsInternal || !canTell);
  const add = useAddComment(detail.id, () => {
    toast.show("success", t(isInternal ? "noteDone" : "messageDone"));
    setText("");
  });
  if (!canNote && !canTell) return null;

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (add.isPending) return;
    if (text.trim() === "") document.getElementById(id)?.focus();
    else add.mutate({ text: text.trim(), internal: isInternal });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <form
      onSubmit={submit}
      className={cn(
        "flex flex-col gap-2 rounded-card border p-3",
        isInternal ? "border-accent bg-accent-soft" : "border-line bg-surface",
      )}
    >
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{t("who")}</legend>
        {canNote && (
          <label className={cn(tabStyles, isInternal && "border-line bg-surface text-ink")}>
            <input
              type="radio"
              name={`${id}-who`}
              checked={isInternal}
              onChange={() => setInternal(true)}
              className="sr-only"
            />
            <Lock aria-hidden className="size-4" />
            {t("internal")}
          </label>
        )}
        {canTell && (
          <label className={cn(tabStyles, !isInternal && "border-line bg-canvas text-ink")}>
            <input
              type="radio"
              name={`${id}-who`}
              checked={!isInternal}
              onChange={() => setInternal(false)}
              className="sr-only"
            />
            <MessageSquare aria-hidden className="size-4" />
            {t("visible")}
          </label>
        )}
      </fieldset>
      <label htmlFor={id} className="sr-only">
        {t(isInternal ? "noteLabel" : "messageLabel")}
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder={t(isInternal ? "notePlaceholder" : "messagePlaceholder")}
        aria-describedby={`${id}-help`}
        className={cn(inputStyles, "field-sizing-content min-h-16 text-base sm:text-sm")}
      />
      {add.error && (
        <Alert tone="danger" live className="p-3">
          {describe(add.error)}
        </Alert>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p id={`${id}-help`} className="text-xs text-muted">
          {t(isInternal ? "noteHelp" : "messageHelp")}
        </p>
        <Button type="submit" size="dense" busy={add.isPending}>
          {t(isInternal ? "addNote" : "sendMessage")}
        </Button>
      </div>
    </form>
  );
};
