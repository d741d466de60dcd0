"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { buttonStyles } from "@/components/ui/button";
import { formatDateTime } from "@/lib/format";

import { batchFileUrl, batchQuery } from "../../batches";

/** Where the documents of an order stand in the queue of the converter, and the ZIP once they are there. */
export const BatchFiles = ({ jobId }: { jobId: string }) => {
  const t = useTranslations("caseList.job");
  const locale = useLocale();
  const { data: batch } = useQuery(batchQuery(jobId));
  if (!batch) return null;
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium">{batch.title}</p>
      {batch.converting > 0 && (
        <p className="flex flex-wrap gap-x-4 text-sm text-muted" aria-live="polite">
          <span>{t("converting", { count: batch.converting })}</span>
          {batch.ahead > 0 && <span>{t("ahead", { count: batch.ahead })}</span>}
        </p>
      )}
      {batch.can_be_taken && (
        <>
          <a
            href={batchFileUrl(jobId)}
            download
            className={buttonStyles({ size: "dense", className: "self-start" })}
          >
            {t("zip")}
          </a>
          {batch.expires_at && (
            <p className="text-sm text-muted">
              {t("zipUntil", { when: formatDateTime(batch.expires_at, locale) })}
            </p>
          )}
        </>
      )}
    </div>
  );
};
