"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Row, Rows } from "@/components/desk/rows";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatBytes } from "@/lib/file-size";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";
import { useProblemText } from "@/lib/use-problem-text";

import { type BlockedFile, blockedFilesQuery, useRelease, useScanAgain } from "../queries";

const COLUMNS = "md:grid-cols-[9rem_minmax(0,1fr)_9rem_minmax(13rem,auto)]";
const TONES: Record<BlockedFile["state"], BadgeTone> = {
  checking: "info",
  infected: "danger",
  unscannable: "warning",
  failed: "warning",
  released: "neutral",
};

/** Where the file was given, in words; kinds that this screen has not heard of have one name. */
const PLACES = ["missing_paper", "requested_paper", "case_comments", "creditor_answer", "person"] as const;
/** Files of these belong to a case, which can be opened. */
const OF_CASES: readonly string[] = ["missing_paper", "requested_paper", "case_comments"];

const KINDS: Record<string, string> = {
  "application/pdf": "PDF",
  "image/jpeg": "JPG",
  "image/png": "PNG",
  "image/webp": "WEBP",
  "image/heic": "HEIC",
  "text/plain": "TXT",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
};

const kindOf = (mime: string) => KINDS[mime] ?? mime;

const placeOf = (kind: string) => PLACES.find((known) => known === kind) ?? "other";

const ReleaseDialog = ({ file, onClose }: { file: BlockedFile; onClose: () => void }) => {
  const t = useTranslations("staffFiles.release");
  const toast = useToast();
  const release = useRelease(file.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  return (
    <ReasonDialog
      title={t("title")}
      lead={t("lead")}
      label={t("reason")}
      help={t("help")}
      submitLabel={t("submit")}
      danger
      mutation={release}
      onSubmit={(reason) => release.mutate(reason)}
      onClose={onClose}
    />
  );
};

const FileRow = ({ file, onRelease }: { file: BlockedFile; onRelease: () => void }) => {
  const t = useTranslations("staffFiles");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const again = useScanAgain();
  const came = formatDateTime(file.created_at, locale);
  const may = (action: string) => file.allowed_actions.includes(action);
  return (
    <Row columns={COLUMNS}>
      <Badge tone={TONES[file.state]} className="justify-self-start text-xs max-md:self-start">
        {t(`states.${file.state}`)}
      </Badge>
      <div className="min-w-0">
        <p className="font-medium text-ink">
          {t(`places.${placeOf(file.owner_kind)}`)}
          {OF_CASES.includes(file.owner_kind) && (
            <>
              {" · "}
              <Link
                href={`/staff/cases/${file.owner_id}`}
                prefetch={false}
                className="inline-flex min-h-6 items-center text-primary underline underline-offset-2"
              >
                {t("toCase")}
              </Link>
            </>
          )}
        </p>
        <p className="text-sm break-words text-muted">
          {[kindOf(file.mime), formatBytes(file.size, locale), t("came", { at: came })].join(" · ")}
        </p>
        <p className="text-sm break-words text-text">
          {file.signature ? t("signature", { name: file.signature }) : t(`reasons.${file.state}`)}
        </p>
      </div>
      <p className="text-xs text-muted">
        {file.checked_at ? t("checked", { at: formatDateTime(file.checked_at, locale) }) : t("notChecked")}
      </p>
      <div className="flex flex-wrap gap-2 md:justify-end">
        {may("scan_again") && (
          <Button
            variant="secondary"
            size="dense"
            className="max-sm:min-h-11"
            busy={again.isPending}
            aria-label={t("againOf", { at: came })}
            onClick={() =>
              again.mutate(file.id, {
                onSuccess: () => toast.show("success", t("againDone")),
                onError: (error) => toast.show("danger", describe(error)),
              })
            }
          >
            {t("again")}
          </Button>
        )}
        {may("release") && (
          <Button
            variant="quiet"
            size="dense"
            className="max-sm:min-h-11"
            aria-label={t("release.buttonOf", { at: came })}
            onClick={onRelease}
          >
            {t("release.button")}
          </Button>
        )}
      </div>
    </Row>
  );
};

/** Files that the virus check keeps locked, without their names: why, and what may be done. */
export const BlockedFiles = () => {
  const t = useTranslations("staffFiles");
  const [asked, setAsked] = useState<BlockedFile | null>(null);
  const query = useInfiniteQuery(blockedFilesQuery);
  const files = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <ListFrame query={query} count={files.length} empty={{ title: t("emptyTitle"), text: t("emptyText") }}>
        <Rows
          label={t("title")}
          columns={COLUMNS}
          head={[t("head.state"), t("head.file"), t("head.checked"), ""]}
        >
          {files.map((file) => (
            <FileRow key={file.id} file={file} onRelease={() => setAsked(file)} />
          ))}
        </Rows>
      </ListFrame>
      {asked && <ReleaseDialog file={asked} onClose={() => setAsked(null)} />}
    </Desk>
  );
};
