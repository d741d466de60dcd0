"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { PenLine } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";

import type { MySignature } from "@/api/signing";
import { EmptyState, ProblemState } from "@/components/state-panels";
import { Button, buttonStyles } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDate } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";
import { useOwnHints } from "@/lib/realtime";

import { mySignaturesQuery, signersKeys } from "../queries";

const Item = ({ item }: { item: MySignature }) => {
  const t = useTranslations("signers.mine");
  const locale = useLocale();
  const isAsked = item.is_turn && item.status !== "on_check";
  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0 sm:flex-row sm:items-center sm:justify-between">
      <div className="min-w-0">
        <p className="font-medium break-words text-ink">{item.document.title}</p>
        <p className="flex flex-wrap gap-x-3 text-sm text-muted">
          <span>№ {item.document.number}</span>
          <span>{t("until", { date: formatDate(item.expires_at, locale, "until") })}</span>
        </p>
        {item.asked_by && item.asked_by.id !== item.principal?.id && (
          <p className="text-sm text-muted">{t("askedBy", { name: item.asked_by.name })}</p>
        )}
        {item.principal && (
          <p className="text-sm text-muted">{t("instead", { name: item.principal.name })}</p>
        )}
        {item.status === "on_check" && <p className="text-sm">{t("onCheck")}</p>}
        {!item.is_turn && <p className="text-sm">{t("later")}</p>}
      </div>
      <Link
        href={`/sign/${item.document.id}`}
        className={buttonStyles({
          variant: isAsked ? "primary" : "secondary",
          className: "shrink-0",
        })}
      >
        {t(isAsked ? (item.role === "approver" ? "approve" : "sign") : "open")}
      </Link>
    </li>
  );
};

interface MySignaturesProps {
  /** On a page of its own it says that nothing waits; among other things it then stays away. */
  isPage?: boolean;
}

/** Documents that wait for this person's answer, whoever asked. */
export const MySignatures = ({ isPage = false }: MySignaturesProps) => {
  const t = useTranslations("signers.mine");
  const common = useTranslations("common");
  const id = useId();
  const query = useInfiniteQuery(mySignaturesQuery);
  useOwnHints([signersKeys.mine()]);
  if (!query.data) {
    if (!isPage) return null;
    if (query.error) return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
    return (
      <Loading label={common("loading")} className="flex flex-col gap-3">
        <Skeleton className="h-20" />
        <Skeleton className="h-20" />
      </Loading>
    );
  }
  const all = query.data.pages.flatMap((page) => page.items);
  // What the person began by himself is the next step of his case already: beside other things it would stand there twice.
  const items = isPage ? all : all.filter((item) => item.asked_by !== null);
  if (items.length === 0) {
    return isPage ? (
      <EmptyState icon={<PenLine className="size-6" />} title={t("emptyTitle")} text={t("emptyText")}>
        <Link href="/staff/cases" className={buttonStyles({ variant: "secondary" })}>
          {t("toCases")}
        </Link>
      </EmptyState>
    ) : null;
  }
  const list = (
    <>
      <ul className="flex flex-col divide-y divide-line">
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="quiet"
          className="self-start"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </>
  );
  return (
    <section
      aria-labelledby={isPage ? undefined : id}
      aria-label={isPage ? t("title") : undefined}
      className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4 sm:p-5"
    >
      {!isPage && (
        <h2 id={id} className="text-lg font-semibold">
          {t("title")}
        </h2>
      )}
      {list}
    </section>
  );
};
