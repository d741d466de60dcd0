"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";

import type { CaseDetail } from "@/api/types";
import { EmptyState, ProblemState } from "@/components/state-panels";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Link, usePathname, useRouter } from "@/lib/i18n/navigation";

import { caseDetailQuery } from "../queries";
import { byUrgency, DeadlineList } from "./deadline-list";
import { NowCards } from "./now-card";
import { ObligationList } from "./obligation-list";
import { TrackList } from "./track-list";

const SHOWN_DEADLINES = 2;

const CaseLoading = () => {
  const t = useTranslations("common");
  return (
    <Loading label={t("loading")} className="flex flex-col gap-6">
      <Skeleton className="h-48" />
      <Skeleton className="h-36" />
      <Skeleton className="h-64" />
    </Loading>
  );
};

/** Loads a case for its pages; one place for waiting and trouble. */
const WithCase = ({ caseId, children }: { caseId: string; children: (detail: CaseDetail) => ReactNode }) => {
  const { data, error, refetch } = useQuery(caseDetailQuery(caseId));
  if (data) return children(data);
  return error ? <ProblemState error={error} onRetry={() => void refetch()} /> : <CaseLoading />;
};

const Part = ({
  id,
  title,
  children,
  more,
}: {
  id?: string;
  title: string;
  children: ReactNode;
  more?: ReactNode;
}) => (
  <section id={id} className="flex scroll-mt-4 flex-col gap-3">
    <div className="flex items-center justify-between gap-3">
      <h2 className="text-lg font-semibold">{title}</h2>
      {more}
    </div>
    {children}
  </section>
);

interface OverviewProps {
  detail: CaseDetail;
  /** What stands right below the things to do: papers that are asked for, a question about the closing. */
  afterNow?: (detail: CaseDetail) => ReactNode;
}

const Overview = ({ detail, afterNow }: OverviewProps) => {
  const t = useTranslations("cases");
  const open = byUrgency(detail.deadlines).filter(
    (item) => item.status === "running" || item.status === "today",
  );
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1.4fr_1fr]">
      <div className="flex flex-col gap-6">
        <NowCards detail={detail} />
        {afterNow?.(detail)}
        {open.length > 0 && (
          <Part
            title={t("deadlines.title")}
            more={
              detail.deadlines.length > SHOWN_DEADLINES && (
                <Link
                  href={`/cases/${detail.id}/terms`}
                  className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4"
                >
                  {t("deadlines.all")}
                </Link>
              )
            }
          >
            <DeadlineList deadlines={open.slice(0, SHOWN_DEADLINES)} obligations={detail.obligations} />
          </Part>
        )}
      </div>
      <div className="flex flex-col gap-6">
        {detail.tracks.length > 0 && (
          <Part id="procedures" title={t("tracks.title")}>
            <TrackList detail={detail} />
          </Part>
        )}
        {detail.obligations.length > 0 && (
          <Part title={t("obligations.title")}>
            <ObligationList obligations={detail.obligations} />
          </Part>
        )}
      </div>
    </div>
  );
};

export const CaseOverview = ({ caseId, afterNow }: { caseId: string } & Pick<OverviewProps, "afterNow">) => (
  <WithCase caseId={caseId}>{(detail) => <Overview detail={detail} afterNow={afterNow} />}</WithCase>
);

export const CaseTerms = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("cases.deadlines");
  const parts = useTranslations("cases.parts");
  return (
    <WithCase caseId={caseId}>
      {(detail) =>
        detail.deadlines.length > 0 ? (
          <>
            <h2 className="sr-only">{parts("terms")}</h2>
            <DeadlineList deadlines={detail.deadlines} obligations={detail.obligations} />
          </>
        ) : (
          <EmptyState title={t("emptyTitle")} text={t("emptyText")} />
        )
      }
    </WithCase>
  );
};

/** Number, status and headline of a case, above all its pages. */
export const CaseHeading = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("cases");
  const { data, error } = useQuery(caseDetailQuery(caseId));
  const router = useRouter();
  const pathname = usePathname();
  const keptId = data?.id;
  useEffect(() => {
    // The case was merged: the old address leads to the one that was kept.
    if (keptId && keptId !== caseId) router.replace(pathname.replace(caseId, keptId));
  }, [caseId, keptId, pathname, router]);
  // The page below says what is wrong; a shape of something to come would promise what does not come.
  if (error && !data) return null;
  return (
    <div className="flex min-h-16 flex-col justify-center gap-1">
      {data ? (
        <>
          <p className="text-sm text-muted">
            {data.number ?? t("draft")} · {data.status_label}
          </p>
          <h1 className="text-xl font-bold sm:text-2xl">{data.headline}</h1>
        </>
      ) : (
        <>
          <Skeleton className="h-4 w-48" />
          <Skeleton className="h-8 w-72 max-w-full" />
        </>
      )}
    </div>
  );
};
