"use client";

import { useQuery } from "@tanstack/react-query";
import { Unlink } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";

import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { inputStyles } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";
import { Link } from "@/lib/i18n/navigation";
import { useProblemText } from "@/lib/use-problem-text";

import { LINK_KINDS, type LinkedCase, linksQuery, useLink, useUnlink } from "../queries";

const isKind = (value: string): value is (typeof LINK_KINDS)[number] =>
  LINK_KINDS.some((kind) => kind === value);

const LinkForm = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseLinks");
  const describe = useProblemText();
  const id = useId();
  const [number, setNumber] = useState("");
  const [kind, setKind] = useState<(typeof LINK_KINDS)[number]>("related");
  const [isEmpty, setEmpty] = useState(false);
  const link = useLink(caseId, () => setNumber(""));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(number.trim() === "");
    if (number.trim() && !link.isPending) link.mutate({ number: number.trim(), kind });
    else document.getElementById(`${id}-number`)?.focus();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-t border-line pt-3">
      <div className="grid gap-2 sm:grid-cols-[1fr_1fr_auto] sm:items-end">
        <label htmlFor={`${id}-number`} className="flex flex-col gap-1 font-medium">
          {t("number")}
          <input
            id={`${id}-number`}
            value={number}
            onChange={(event) => {
              setNumber(event.target.value);
              setEmpty(false);
            }}
            aria-invalid={isEmpty || undefined}
            aria-describedby={isEmpty ? `${id}-missing` : undefined}
            placeholder="KH-2026-000123"
            autoComplete="off"
            maxLength={16}
            className={cn(inputStyles, "min-h-11 text-base sm:min-h-9 sm:text-sm")}
          />
        </label>
        <label htmlFor={`${id}-kind`} className="flex flex-col gap-1 font-medium">
          {t("kind")}
          <select
            id={`${id}-kind`}
            value={kind}
            onChange={(event) => isKind(event.target.value) && setKind(event.target.value)}
            className={cn(inputStyles, "min-h-11 text-base sm:min-h-9 sm:text-sm")}
          >
            {LINK_KINDS.map((code) => (
              <option key={code} value={code}>
                {t(`kinds.${code}`)}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" size="dense" busy={link.isPending}>
          {t("add")}
        </Button>
      </div>
      {isEmpty && (
        <p id={`${id}-missing`} className="text-sm text-danger">
          {t("numberMissing")}
        </p>
      )}
      {link.error && (
        <Alert tone="danger" live className="p-3">
          {describe(link.error)}
        </Alert>
      )}
    </form>
  );
};

const Row = ({ caseId, link, canUnlink }: { caseId: string; link: LinkedCase; canUnlink: boolean }) => {
  const t = useTranslations("caseLinks");
  const unlink = useUnlink(caseId);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-muted">{link.kind_label}:</span>
          <Link
            href={`/staff/cases/${link.case_id}`}
            prefetch={false}
            className="font-medium text-primary underline underline-offset-4"
          >
            {link.number ?? t("noNumber")}
          </Link>
        </p>
        <p className="text-xs text-muted">
          {[link.borrower_name, link.status_label].filter(Boolean).join(" · ")}
        </p>
      </div>
      {canUnlink && (
        <Button
          variant="quiet"
          size="dense"
          busy={unlink.isPending}
          onClick={() => unlink.mutate(link.id)}
          aria-label={t("removeOf", { number: link.number ?? "" })}
        >
          <Unlink aria-hidden className="size-4" />
          {t("remove")}
        </Button>
      )}
    </li>
  );
};

/** Cases that hang together with this one, from both ends, and the way to link one more. */
export const LinksPanel = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseLinks");
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(linksQuery(caseId));
  if (error && !data) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")}>
        <Skeleton className="h-24" />
      </Loading>
    );
  }
  const canLink = data.allowed_actions.includes("link");
  return (
    <section
      aria-labelledby="links-title"
      className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4"
    >
      <h2 id="links-title" className="text-base font-semibold">
        {t("title")}
      </h2>
      {data.items.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {data.items.map((link) => (
            <Row key={link.id} caseId={caseId} link={link} canUnlink={canLink} />
          ))}
        </ul>
      )}
      {canLink && <LinkForm caseId={caseId} />}
    </section>
  );
};
