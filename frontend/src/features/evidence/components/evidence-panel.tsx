"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button, buttonStyles } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { formatBytes } from "@/lib/file-size";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { evidenceQuery, useOrderEvidence } from "../queries";

/** Everything that proves a signature, in one file that needs nobody to be checked: made on wish, loaded from here. */
export const EvidencePanel = ({ documentId }: { documentId: string }) => {
  const t = useTranslations("evidence");
  const locale = useLocale();
  const query = useQuery(evidenceQuery(documentId));
  const order = useOrderEvidence(documentId);
  const made = query.data;
  const isReady = made?.state === "ready" && made.url !== null;
  return (
    <Card className="flex flex-col gap-3" aria-labelledby="evidence">
      <h2 id="evidence" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="measure text-muted">{t("lead")}</p>
      <ProblemAlert error={order.error ?? (made === undefined ? query.error : null)} />
      {query.isPending && <Skeleton className="h-11 w-56" />}
      {made?.state === "preparing" && (
        <div role="status" className="flex flex-col gap-2">
          <p>{t("preparing")}</p>
          <Progress value={made.progress} max={100} label={t("progress", { percent: made.progress })} />
        </div>
      )}
      {made?.state === "failed" && <Alert tone="warning">{t("failed")}</Alert>}
      {isReady && made.url && (
        <>
          <a href={made.url} download className={buttonStyles({ className: "sm:self-start" })}>
            <Download aria-hidden className="size-5" />
            {t("download", { size: formatBytes(made.size ?? 0, locale) })}
          </a>
          {made.made_at && (
            <p className="text-sm text-muted">
              {t("madeAt", { when: formatDateTime(made.made_at, locale) })}
            </p>
          )}
        </>
      )}
      {made !== undefined && made?.state !== "preparing" && (
        <Button
          variant={isReady ? "quiet" : "secondary"}
          size={isReady ? "dense" : "normal"}
          className={isReady ? "-ml-3 self-start" : "sm:self-start"}
          busy={order.isPending}
          onClick={() => order.mutate()}
        >
          {t(made === null ? "prepare" : "again")}
        </Button>
      )}
      <Link
        href="/verify"
        className="inline-flex min-h-11 items-center self-start font-medium text-primary underline underline-offset-4"
      >
        {t("toVerify")}
      </Link>
    </Card>
  );
};
