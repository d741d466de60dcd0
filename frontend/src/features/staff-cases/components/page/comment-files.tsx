"use client";

import { FileText, LoaderCircle, ShieldAlert, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { OpenFile } from "@/components/viewer/open-file";
import { formatBytes } from "@/lib/file-size";

import type { CommentFile } from "../../comments";

interface CommentFilesProps {
  files: readonly CommentFile[];
  onRemove?: (fileId: string) => void;
}

const State = ({ file }: { file: CommentFile }) => {
  const t = useTranslations("staff.composer.fileStates");
  if (file.state === "ready") return null;
  const isWaiting = file.state === "checking";
  const Icon = isWaiting ? LoaderCircle : ShieldAlert;
  return (
    <span className={isWaiting ? "text-muted" : "text-danger"}>
      <Icon
        aria-hidden
        className={isWaiting ? "mr-1 inline size-4 motion-safe:animate-spin" : "mr-1 inline size-4"}
      />
      {t(file.state)}
    </span>
  );
};

/** Files of a comment: what they are, whether the virus check has passed them, and how to open or take them back. */
export const CommentFiles = ({ files, onRemove }: CommentFilesProps) => {
  const t = useTranslations("staff.composer");
  const locale = useLocale();
  if (files.length === 0) return null;
  return (
    <ul aria-label={t("files")} className="flex flex-col gap-1.5">
      {files.map((file) => (
        <li key={file.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          {file.state === "ready" && !onRemove ? (
            <OpenFile
              fileId={file.file_id}
              label={file.name}
              title={file.name}
              describedAs={t("openFile", { name: file.name })}
            />
          ) : (
            <span className="inline-flex min-w-0 items-center gap-1.5">
              <FileText aria-hidden className="size-4 shrink-0 text-muted" />
              <span className="min-w-0 break-all">{file.name}</span>
            </span>
          )}
          <span className="text-xs text-muted">{formatBytes(file.size, locale)}</span>
          <State file={file} />
          {onRemove && (
            <button
              type="button"
              onClick={() => onRemove(file.id)}
              aria-label={t("removeFile", { name: file.name })}
              className="inline-flex size-11 items-center justify-center rounded-field text-muted hover:bg-primary-soft sm:size-8"
            >
              <X aria-hidden className="size-4" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
};
