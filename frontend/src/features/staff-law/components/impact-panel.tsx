"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";

import { Panel } from "@/components/desk/panel";
import { ProblemState } from "@/components/state-panels";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/api-client";
import { formatDate } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";
import { useProblemText } from "@/lib/use-problem-text";

import { impactQuery } from "../queries";
import type { Impact, LawChange } from "../types";

/** What happens to open cases if the proposal is switched on; after the switch what has happened and how far it has come. */
export const ImpactPanel = ({ change }: { change: LawChange }) => {
  const t = useTranslations("staffLaw.impact");
  const common = useTranslations("common");
  const query = useQuery(impactQuery(change.id, change.version));
  const impact = query.data;
  return (
    <Panel
      title={t(impact?.applied ? "titleDone" : "title")}
      action={impact && impact.moved > 0 && <ExportButton changeId={change.id} />}
    >
      {query.error && !impact ? (
        <ProblemState error={query.error} onRetry={() => void query.refetch()} />
      ) : !impact ? (
        <Loading label={common("loading")}>
          <Skeleton className="h-40" />
        </Loading>
      ) : (
        <>
          <Recount impact={impact} />
          <Totals impact={impact} />
          <Moves impact={impact} />
        </>
      )}
    </Panel>
  );
};

const Recount = ({ impact }: { impact: Impact }) => {
  const t = useTranslations("staffLaw.impact");
  if (!impact.applied) return null;
  const run = impact.recount;
  if (!run) return <p aria-live="polite">{t("waiting")}</p>;
  if (run.finished_at) {
    return (
      <p aria-live="polite" className="text-success">
        {t("finished", { total: run.total, moved: run.moved, failed: run.failed })}
      </p>
    );
  }
  return (
    <div aria-live="polite" className="flex flex-col gap-1">
      <p>{t("running", { done: run.done, total: run.total })}</p>
      <progress
        className="h-2 w-full accent-primary"
        aria-label={t("running", { done: run.done, total: run.total })}
        value={run.done}
        max={Math.max(run.total, 1)}
      />
    </div>
  );
};

const TOTALS = ["checked", "cases", "moved", "earlier", "later", "newly_missed", "no_longer_missed"] as const;

const Totals = ({ impact }: { impact: Impact }) => {
  const t = useTranslations("staffLaw.impact");
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-7">
      {TOTALS.map((name) => (
        <div key={name} className="rounded-field bg-canvas p-3">
          <dd
            className={`text-xl font-semibold tabular-nums ${name === "newly_missed" && impact[name] > 0 ? "text-danger" : "text-ink"}`}
          >
            {impact[name]}
          </dd>
          <dt className="text-sm text-muted">{t(name)}</dt>
        </div>
      ))}
    </dl>
  );
};

const Moves = ({ impact }: { impact: Impact }) => {
  const t = useTranslations("staffLaw.impact");
  const locale = useLocale();
  const captionId = useId();
  if (impact.moved === 0) return <p className="text-muted">{t("nothing")}</p>;
  return (
    <div className="overflow-x-auto" role="region" aria-labelledby={captionId} tabIndex={0}>
      <table className="w-full min-w-xl text-sm">
        <caption id={captionId} className="pb-2 text-left text-muted">
          {t("shown", { shown: impact.moves.length, moved: impact.moved })}
        </caption>
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            {(["number", "term", "was", "will", "days"] as const).map((name) => (
              <th key={name} scope="col" className="py-2 pr-4 font-medium">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {impact.moves.map((move, place) => (
            <tr key={`${move.number}-${move.rule}-${place}`} className="border-b border-line last:border-0">
              <td className="py-2 pr-4 whitespace-nowrap tabular-nums">
                {move.case_id ? (
                  <Link
                    href={`/staff/cases/${move.case_id}/terms`}
                    prefetch={false}
                    className="text-primary hover:underline"
                  >
                    {move.number}
                  </Link>
                ) : (
                  move.number
                )}
              </td>
              <td className="py-2 pr-4">
                {move.title}
                <span className="block text-xs text-muted">{move.bound_label}</span>
              </td>
              <td className="py-2 pr-4 whitespace-nowrap">{formatDate(move.old_due, locale)}</td>
              <td className="py-2 pr-4 whitespace-nowrap">
                {formatDate(move.new_due, locale)}{" "}
                {move.newly_missed && <Badge tone="danger">{t("missed")}</Badge>}
              </td>
              <td className="py-2 pr-4 tabular-nums">{move.days > 0 ? `+${move.days}` : move.days}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const ExportButton = ({ changeId }: { changeId: string }) => {
  const t = useTranslations("staffLaw.impact");
  const toast = useToast();
  const describe = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const address = URL.createObjectURL(await api.file(`/law/changes/${changeId}/impact/export/`));
      const link = document.createElement("a");
      link.href = address;
      link.download = `law-change-${changeId}.csv`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      toast.show("danger", describe(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="secondary" size="dense" busy={isBusy} onClick={() => void save()}>
      <Download aria-hidden className="size-4" />
      {t("export")}
    </Button>
  );
};
