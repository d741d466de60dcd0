"use client";

import { useQuery } from "@tanstack/react-query";
import { History, Pencil, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { inputStyles } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";
import { formatDateTime } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { type CaseComment, useEditComment, useRemoveComment, versionsQuery } from "../../comments";
import { CommentFiles } from "./comment-files";

const actionStyles =
  "inline-flex min-h-11 items-center gap-1 rounded-field px-2 text-xs font-medium text-primary hover:bg-primary-soft sm:min-h-8";

/** The words with the names of people who were called made visible. */
const Words = ({ comment }: { comment: CaseComment }) => {
  const names = comment.mentions.map(({ name }) => `@${name}`).filter((name) => comment.text.includes(name));
  if (names.length === 0) return comment.text;
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return comment.text.split(new RegExp(`(${escaped.join("|")})`, "g")).map((part, index) =>
    names.includes(part) ? (
      <strong key={index} className="font-medium text-primary">
        {part}
      </strong>
    ) : (
      part
    ),
  );
};

const Versions = ({ caseId, commentId }: { caseId: string; commentId: string }) => {
  const t = useTranslations("staff.comment");
  const locale = useLocale();
  const { data } = useQuery(versionsQuery(caseId, commentId));
  return (
    <ol aria-label={t("versions")} className="flex flex-col gap-1 border-l-2 border-line pl-3">
      {data?.items.map((version) => (
        <li key={version.replaced_at} className="text-muted">
          <time dateTime={version.replaced_at} className="text-xs">
            {t("until", { when: formatDateTime(version.replaced_at, locale) })}
          </time>
          <p className="break-words whitespace-pre-line line-through">{version.text}</p>
        </li>
      ))}
    </ol>
  );
};

const Editor = ({
  caseId,
  comment,
  onClose,
}: {
  caseId: string;
  comment: CaseComment;
  onClose: () => void;
}) => {
  const t = useTranslations("staff.comment");
  const describe = useProblemText();
  const [text, setText] = useState(comment.text);
  const edit = useEditComment(caseId, comment.id, onClose);
  const send = () => {
    if (text.trim() && !edit.isPending) edit.mutate(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    if (event.key === "Escape") onClose();
  };
  return (
    <div className="flex flex-col gap-2">
      <textarea
        autoFocus
        aria-label={t("editLabel")}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className={cn(inputStyles, "field-sizing-content min-h-16 text-base sm:text-sm")}
      />
      {edit.error && (
        <Alert tone="danger" live className="p-3">
          {describe(edit.error)}
        </Alert>
      )}
      <div className="flex gap-2">
        <Button size="dense" busy={edit.isPending} onClick={send}>
          {t("save")}
        </Button>
        <Button size="dense" variant="quiet" onClick={onClose}>
          {t("leave")}
        </Button>
      </div>
    </div>
  );
};

/** Words, files and marks of one comment, with what its reader may do to it. */
export const CommentBody = ({ caseId, comment }: { caseId: string; comment: CaseComment }) => {
  const t = useTranslations("staff.comment");
  const [mode, setMode] = useState<"read" | "edit" | "remove">("read");
  const [showsVersions, setShowsVersions] = useState(false);
  const remove = useRemoveComment(caseId, comment.id);
  const may = (action: string) => comment.allowed_actions.includes(action);
  return (
    <div className="flex flex-col gap-1.5">
      {mode === "edit" ? (
        <Editor caseId={caseId} comment={comment} onClose={() => setMode("read")} />
      ) : (
        <p
          className={cn(
            "break-words whitespace-pre-line text-ink",
            comment.removed_at && "text-muted italic",
          )}
        >
          {comment.removed_at ? t("removed") : <Words comment={comment} />}
        </p>
      )}
      <CommentFiles files={comment.files} />
      {showsVersions && <Versions caseId={caseId} commentId={comment.id} />}
      <div className="-mx-2 flex flex-wrap items-center">
        {comment.edited_at && !comment.removed_at && (
          <span className="px-2 text-xs text-muted">{t("edited")}</span>
        )}
        {may("versions") && (
          <button
            type="button"
            aria-expanded={showsVersions}
            onClick={() => setShowsVersions(!showsVersions)}
            className={actionStyles}
          >
            <History aria-hidden className="size-3.5" />
            {t("showVersions")}
          </button>
        )}
        {may("edit") && mode === "read" && (
          <button type="button" onClick={() => setMode("edit")} className={actionStyles}>
            <Pencil aria-hidden className="size-3.5" />
            {t("edit")}
          </button>
        )}
        {may("remove") && mode === "read" && (
          <button type="button" onClick={() => setMode("remove")} className={actionStyles}>
            <Trash2 aria-hidden className="size-3.5" />
            {t("remove")}
          </button>
        )}
        {mode === "remove" && (
          <span role="group" aria-label={t("removeAsk")} className="flex flex-wrap items-center gap-2 px-2">
            <span className="text-sm text-ink">{t("removeAsk")}</span>
            <Button size="dense" variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              {t("removeYes")}
            </Button>
            <Button size="dense" variant="quiet" onClick={() => setMode("read")}>
              {t("leave")}
            </Button>
          </span>
        )}
      </div>
    </div>
  );
};
