"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { ProblemAlert } from "@/components/problem-alert";
import { ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { FullDialog } from "@/components/ui/full-dialog";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatBytes } from "@/lib/file-size";

import { FileStanding, standingOf } from "./file-standing";
import { fileQuery, fileTextQuery, useSaveFile } from "./queries";
import { SheetViewer } from "./sheet-viewer";
import type { FileInfo } from "./types";

const OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const NO_PAGES: FileInfo["pages"] = [];

const SaveButtons = ({ info }: { info: FileInfo }) => {
  const t = useTranslations("viewer");
  const locale = useLocale();
  const save = useSaveFile(info.id);
  const canBePdf = info.mime === OFFICE && info.pages.length > 0;
  return (
    <div className="flex flex-col gap-2 border-t border-line px-3 py-2">
      <ProblemAlert error={save.error} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="dense"
          className="max-sm:min-h-11"
          busy={save.isPending}
          onClick={() => save.mutate("original")}
        >
          <Download aria-hidden className="size-4" />
          {t("save", { size: formatBytes(info.size, locale) })}
        </Button>
        {canBePdf && (
          <Button
            variant="secondary"
            size="dense"
            className="max-sm:min-h-11"
            busy={save.isPending}
            onClick={() => save.mutate("pdf")}
          >
            {t("savePdf")}
          </Button>
        )}
        <span className="min-w-0 flex-1 truncate text-sm text-muted">{info.name}</span>
      </div>
    </div>
  );
};

const Opened = ({ title, info }: { title: string; info: FileInfo }) => {
  const standing = standingOf(info);
  const text = useQuery({
    ...fileTextQuery(info.id, info.text_state),
    enabled: standing === null && info.text_state !== "none",
  });
  const textState = info.text_state === "ready" && !text.data && !text.error ? "preparing" : info.text_state;
  return (
    <>
      {standing ? (
        <FileStanding standing={standing} />
      ) : (
        <SheetViewer
          title={title}
          pages={info.pages}
          text={text.data?.pages ?? NO_TEXT}
          textState={textState}
        />
      )}
      {info.state === "ready" && <SaveButtons info={info} />}
    </>
  );
};

const NO_TEXT: [] = [];

interface FileViewerProps {
  fileId: string;
  title: string;
  onClose: () => void;
}

/** A stored file in the page: its pages when they can be shown, else why not and what to do. */
export const FileViewer = ({ fileId, title, onClose }: FileViewerProps) => {
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(fileQuery(fileId));
  return (
    <FullDialog title={title} shape="panel" onClose={onClose}>
      {data ? (
        <Opened title={title} info={data.pages.length > 0 ? data : { ...data, pages: NO_PAGES }} />
      ) : (
        <div className="flex-1 overflow-auto p-4">
          {error ? (
            <ProblemState error={error} onRetry={() => void refetch()} />
          ) : (
            <Loading label={common("loading")} className="mx-auto flex max-w-xl flex-col gap-4">
              <Skeleton className="h-[80dvh]" />
            </Loading>
          )}
        </div>
      )}
    </FullDialog>
  );
};
