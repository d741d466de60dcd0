"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useId, useState } from "react";

import { EmptyState, ProblemState } from "@/components/state-panels";
import { Badge } from "@/components/ui/badge";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Link } from "@/lib/i18n/navigation";

import { creditorSearchQuery } from "../queries";

const QUIET_MS = 250;

const Lines = ({ words }: { words: string }) => {
  const t = useTranslations("staff.creditors");
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(creditorSearchQuery(words));
  if (error && !data) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-2">
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
      </Loading>
    );
  }
  if (data.items.length === 0) return <EmptyState title={t("nothingTitle")} text={t("nothingText")} />;
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {t("found", { count: data.items.length })}
      </p>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface">
        {data.items.map((creditor) => (
          <li key={creditor.id}>
            <Link
              href={`/staff/creditors/${creditor.id}`}
              prefetch={false}
              className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-primary-soft"
            >
              <span className="min-w-0 flex-1 basis-60 font-medium text-ink">{creditor.name}</span>
              <span className="text-muted">{creditor.type_label}</span>
              {creditor.bin && <span className="text-muted">{t("bin", { bin: creditor.bin })}</span>}
              <Badge tone={creditor.verified ? "success" : "warning"}>
                {t(creditor.verified ? "verified" : "unverified")}
              </Badge>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
};

/** Finds a lender by any spelling of its name or by its БИН. */
export const CreditorList = () => {
  const t = useTranslations("staff.creditors");
  const id = useId();
  const [typed, setTyped] = useState("");
  const [words, setWords] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setWords(typed.trim()), QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div className="flex max-w-4xl flex-col gap-4 p-4">
      <h1 className="text-lg font-semibold">{t("title")}</h1>
      <p className="measure text-muted">{t("lead")}</p>
      <div className="flex flex-col gap-1.5">
        <label htmlFor={id} className="font-medium text-ink">
          {t("search")}
        </label>
        <div className="relative max-w-md">
          <Search aria-hidden className="absolute top-3 left-3 size-5 text-muted" />
          <input
            id={id}
            type="search"
            autoComplete="off"
            maxLength={200}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="min-h-11 w-full rounded-field border border-field-line bg-surface pr-3 pl-10 text-base text-ink sm:text-sm"
          />
        </div>
      </div>
      <Lines words={words} />
    </div>
  );
};
