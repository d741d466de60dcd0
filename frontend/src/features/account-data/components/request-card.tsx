"use client";

import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { ProblemAlert } from "@/components/problem-alert";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { useToast } from "@/components/ui/toast";
import { formatDateTime } from "@/lib/format";

import { useCancelRequest, useDownloadCopy } from "../mutations";
import type { DataRequest } from "../types";
import { PreviewTable } from "./preview-table";

const TONES: Record<DataRequest["status"], BadgeTone> = {
  requested: "info",
  approved: "info",
  running: "info",
  done: "success",
  refused: "danger",
  cancelled: "neutral",
  failed: "danger",
};

const DownloadCopy = ({ request }: { request: DataRequest }) => {
  const t = useTranslations("dataRequests.request");
  const locale = useLocale();
  const download = useDownloadCopy(request);
  return (
    <div className="flex flex-col gap-2">
      <ProblemAlert error={download.error} />
      <Button busy={download.isPending} className="self-start" onClick={() => download.mutate()}>
        <Download aria-hidden className="size-5" />
        {t("download")}
      </Button>
      {request.file_expires_at && (
        <p className="text-sm text-muted">
          {t("expires", { when: formatDateTime(request.file_expires_at, locale) })}
        </p>
      )}
    </div>
  );
};

const CancelRequest = ({ request }: { request: DataRequest }) => {
  const t = useTranslations("dataRequests.request");
  const toast = useToast();
  const [isAsked, setAsked] = useState(false);
  const cancel = useCancelRequest(request.id, () => {
    setAsked(false);
    toast.show("success", t("cancelled"));
  });
  return (
    <>
      <Button variant="secondary" className="self-start" onClick={() => setAsked(true)}>
        {t("cancel")}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t("cancelTitle", { kind: request.kind_label })}
          submitLabel={t("cancel")}
          busy={cancel.isPending}
          error={cancel.error}
          onConfirm={() => cancel.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>{t("cancelText")}</p>
        </ConfirmDialog>
      )}
    </>
  );
};

/** One request, from asking to its end; what it covers can be looked at again. */
export const RequestCard = ({ request }: { request: DataRequest }) => {
  const t = useTranslations("dataRequests.request");
  const locale = useLocale();
  const isRunning = request.status === "running";
  return (
    <Card className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{request.kind_label}</h3>
        <Badge tone={TONES[request.status]}>{request.status_label}</Badge>
      </div>
      <p className="text-sm text-muted">
        {t("asked", { when: formatDateTime(request.created_at, locale) })}
        {request.done_at && ` · ${t("finished", { when: formatDateTime(request.done_at, locale) })}`}
      </p>
      {isRunning && (
        <Progress
          value={request.progress_percent}
          max={100}
          label={t("progress", { percent: request.progress_percent })}
        />
      )}
      {request.status === "requested" && <p className="measure text-text">{t("waits")}</p>}
      {request.note && <p className="measure text-text">{request.note}</p>}
      {request.allowed_actions.includes("download") && <DownloadCopy request={request} />}
      {request.allowed_actions.includes("cancel") && <CancelRequest request={request} />}
      {request.preview.sections.length > 0 && (
        <details>
          <summary className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4">
            {t("covers")}
          </summary>
          <PreviewTable kind={request.kind} sections={request.preview.sections} />
        </details>
      )}
    </Card>
  );
};
