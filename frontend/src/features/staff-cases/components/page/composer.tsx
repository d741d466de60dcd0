"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2, Globe, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { COMMENT_RULES } from "@/components/upload/rules";
import { UploadButtons } from "@/components/upload/upload-buttons";
import { UploadList } from "@/components/upload/upload-list";
import { useDrop } from "@/components/upload/use-drop";
import { useUploads } from "@/components/upload/use-uploads";
import { cn } from "@/lib/cn";
import { useProblemText } from "@/lib/use-problem-text";

import {
  type Audience,
  AUDIENCES,
  candidatesQuery,
  useAddComment,
  useCommentFiles,
  waitingFilesQuery,
} from "../../comments";
import type { StaffCase } from "../../types";
import { CommentFiles } from "./comment-files";
import { ComposerField } from "./composer-field";
import { calledIn } from "./composer-mentions";

const ICONS = { internal: Lock, organisation: Building2, public: Globe } as const;
/** Words for everybody stand on white with a strong edge, notes on colour: the two cannot be taken for each other. */
const LOOKS: Record<Audience, string> = {
  internal: "border-accent bg-accent-soft",
  organisation: "border-info bg-info-soft",
  public: "border-primary border-2 bg-surface",
};

const tabStyles =
  "inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-field border border-transparent px-3 font-medium text-muted hover:bg-primary-soft has-focus-visible:outline-3 has-focus-visible:outline-focus sm:min-h-9";

/** One field for all readers: a note for staff, for one's own side, or words for everybody. Which cannot be missed. */
export const Composer = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("staff.composer");
  const describe = useProblemText();
  const toast = useToast();
  const id = useId();
  const open = AUDIENCES.filter(([, action]) => detail.allowed_actions.includes(action)).map(
    ([code]) => code,
  );
  const [wanted, setWanted] = useState<Audience | null>(null);
  const audience = wanted && open.includes(wanted) ? wanted : open[0];
  const [text, setText] = useState("");
  const [asks, setAsks] = useState(false);
  const people = useQuery({
    ...candidatesQuery(detail.id, audience ?? "internal"),
    enabled: audience !== undefined,
  });
  const waiting = useQuery({ ...waitingFilesQuery(detail.id), enabled: audience !== undefined });
  const kept = useCommentFiles(detail.id);
  const waitingFiles = waiting.data?.items ?? [];
  const rules = {
    ...COMMENT_RULES,
    maxFiles: Math.max(0, (waiting.data?.max_files ?? COMMENT_RULES.maxFiles) - waitingFiles.length),
    maxBytes: waiting.data?.max_bytes ?? COMMENT_RULES.maxBytes,
  };
  const slot = `comment:${detail.id}`;
  const uploads = useUploads({ slot, rules, attach: kept.add.mutateAsync });
  const drop = useDrop(uploads.add, audience !== undefined);
  const add = useAddComment(detail.id, () => {
    toast.show("success", t(`done.${audience ?? "internal"}`));
    setText("");
    setAsks(false);
  });
  if (!audience) return null;

  const files = waitingFiles;
  const called = calledIn(text, people.data?.items ?? []);
  const callsStaff = audience === "public" && called.length > 0;
  const isBlocked =
    uploads.isBusy || files.some((file) => file.state !== "ready" && file.state !== "checking");
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (add.isPending || isBlocked) return;
    if (text.trim() === "" && files.length === 0) document.getElementById(id)?.focus();
    else if (callsStaff && !asks) setAsks(true);
    else {
      add.mutate({
        text: text.trim(),
        audience,
        mentions: called.map((person) => person.id),
        files: files.map((file) => file.id),
      });
    }
  };
  const problem = add.error ?? kept.remove.error;
  return (
    <form
      onSubmit={submit}
      {...drop.target}
      aria-label={t("title")}
      className={cn(
        "flex flex-col gap-2 rounded-card border p-3",
        LOOKS[audience],
        drop.isNear && "outline-2 outline-primary outline-dashed",
        drop.isOver && "outline-solid",
      )}
    >
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{t("who")}</legend>
        {open.map((code) => {
          const Icon = ICONS[code];
          return (
            <label
              key={code}
              className={cn(tabStyles, code === audience && "border-line bg-surface text-ink")}
            >
              <input
                type="radio"
                name={`${id}-who`}
                checked={code === audience}
                onChange={() => {
                  setWanted(code);
                  setAsks(false);
                }}
                className="sr-only"
              />
              <Icon aria-hidden className="size-4" />
              {t(`audiences.${code}`)}
            </label>
          );
        })}
      </fieldset>
      <p id={`${id}-help`} className="text-sm font-medium text-ink">
        {t(`seenBy.${audience}`)}
      </p>
      <ComposerField
        id={id}
        label={t(`labels.${audience}`)}
        placeholder={t(`placeholders.${audience}`)}
        describedBy={`${id}-help`}
        people={people.data?.items ?? []}
        text={text}
        onChange={(next) => {
          setText(next);
          setAsks(false);
        }}
        onSend={submit}
      />
      <CommentFiles files={files} onRemove={(fileId) => kept.remove.mutate(fileId)} />
      <UploadList uploads={uploads} rules={rules} />
      {problem && (
        <Alert tone="danger" live className="p-3">
          {describe(problem)}
        </Alert>
      )}
      {asks && (
        <Alert tone="warning" live className="p-3" title={t("confirmTitle")}>
          {t("confirmText", { names: called.map((person) => person.name).join(", ") })}
        </Alert>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex flex-wrap gap-1">
          <UploadButtons
            label={t("attach")}
            fileLabel={t("attach")}
            uploads={uploads}
            rules={rules}
            shotsSlot={slot}
            shotsName={t("shots")}
            variant="quiet"
          />
        </div>
        <Button
          type="submit"
          size="dense"
          className="max-sm:min-h-11"
          busy={add.isPending}
          disabled={isBlocked}
        >
          {t(asks ? "confirmSend" : `send.${audience}`)}
        </Button>
      </div>
      <p className="text-xs text-muted">{t("hint")}</p>
    </form>
  );
};
