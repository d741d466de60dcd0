"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import type { DocumentDetail } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { versionsQuery } from "../queries";
import { Comparison } from "./comparison";

interface VersionsPanelProps {
  document: DocumentDetail;
  documentsBase: string;
}

/** The versions of a document with why each was made, and what has changed since. Nothing where there is only one. */
export const VersionsPanel = ({ document, documentsBase }: VersionsPanelProps) => {
  const t = useTranslations("documents.versions");
  const status = useTranslations("documents.status");
  const locale = useLocale();
  const [compared, setCompared] = useState<string | null>(null);
  const { data } = useQuery(versionsQuery(document.id));
  if (!data || data.items.length < 2) return null;
  return (
    <Card className="flex flex-col gap-3" aria-labelledby="versions">
      <h2 id="versions" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <ul className="flex flex-col divide-y divide-line">
        {data.items.map((version) => {
          const isOwn = version.id === document.id;
          const made = t("made", {
            number: version.number,
            when: formatDateTime(version.created_at, locale),
          });
          return (
            <li key={version.id} className="flex flex-col gap-1 py-3 first:pt-0 last:pb-0">
              <p className="flex flex-wrap gap-x-3">
                {isOwn ? (
                  <span className="font-medium">{`${made} (${t("current")})`}</span>
                ) : (
                  <Link
                    href={`${documentsBase}/${version.id}`}
                    className="font-medium text-primary underline underline-offset-4"
                  >
                    {made}
                  </Link>
                )}
                <span className="text-muted">{status(version.status)}</span>
              </p>
              {version.reason && <p>{t("reason", { reason: version.reason })}</p>}
              {version.void_reason && <p>{t("voidReason", { reason: version.void_reason })}</p>}
              {!isOwn && (
                <Button
                  variant="quiet"
                  size="dense"
                  className="self-start"
                  aria-expanded={compared === version.id}
                  onClick={() => setCompared(compared === version.id ? null : version.id)}
                >
                  {compared === version.id ? t("hide") : t("compare", { number: version.number })}
                </Button>
              )}
              {compared === version.id && <Comparison documentId={document.id} otherId={version.id} />}
            </li>
          );
        })}
      </ul>
    </Card>
  );
};
