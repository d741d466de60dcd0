"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { useRouter } from "@/lib/i18n/navigation";

import { useBegin } from "../mutations";
import { kindsQuery } from "../queries";
import type { DebtChoice, KindRow } from "../types";
import { DebtDialog } from "./debt-dialog";
import { ReviewMark } from "./review-mark";

/** More than these at once is a wall. */
const SHOWN = 6;

interface KindsListProps {
  caseId: string;
  documentsHref: string;
  debts: readonly DebtChoice[];
}

interface KindProps {
  kind: KindRow;
  busy: boolean;
  onBegin: () => void;
}

const Kind = ({ kind, busy, onBegin }: KindProps) => {
  const t = useTranslations("documentInterview.kinds");
  const ways = kind.signature.map((way) => t(`signature.${way}`));
  const signed = [ways.slice(0, -1).join(", "), ...ways.slice(-1)].filter(Boolean).join(t("or"));
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
        <h3 className="font-semibold">{kind.title}</h3>
        <p className="measure">{kind.purpose}</p>
        <p className="text-sm text-muted">{signed ? t("signed", { ways: signed }) : t("unsigned")}</p>
        {kind.needs_review && <ReviewMark />}
      </div>
      <Button
        variant="secondary"
        className="self-start max-sm:self-stretch"
        busy={busy}
        aria-label={t("beginOf", { title: kind.title })}
        onClick={onBegin}
      >
        {t("begin")}
      </Button>
    </li>
  );
};

/** Which documents can be made of the case: the nearest to its procedures first, the others folded away. */
export const KindsList = ({ caseId, documentsHref, debts }: KindsListProps) => {
  const t = useTranslations("documentInterview.kinds");
  const router = useRouter();
  const { data, error, refetch } = useQuery(kindsQuery(caseId));
  const [choosing, setChoosing] = useState<KindRow | null>(null);
  const begin = useBegin(caseId, (draft) => router.push(`${documentsHref}/interview/${draft.id}`));
  if (!data) return error ? <ProblemState error={error} onRetry={() => void refetch()} /> : null;
  if (data.items.length === 0) return null;
  const suggested = data.items.filter((kind) => kind.is_suggested).slice(0, SHOWN);
  const others = data.items.filter((kind) => !suggested.includes(kind));
  const start = (kind: KindRow, debt: string | null) =>
    begin.mutate({ code: kind.code, obligation_id: debt });
  const press = (kind: KindRow) =>
    kind.subjects.length > 1 ? setChoosing(kind) : start(kind, kind.subjects[0] ?? null);
  const list = (kinds: readonly KindRow[]) => (
    <ul className="grid gap-3 sm:grid-cols-2">
      {kinds.map((kind) => (
        <Kind
          key={kind.code}
          kind={kind}
          busy={begin.isPending && begin.variables.code === kind.code}
          onBegin={() => press(kind)}
        />
      ))}
    </ul>
  );
  return (
    <section aria-labelledby="kinds" className="flex flex-col gap-3">
      <h2 id="kinds" className="text-lg font-semibold">
        {t("title")}
      </h2>
      {!choosing && <ProblemAlert error={begin.error} />}
      {suggested.length > 0 && (
        <>
          <p className="text-muted">{t("suggested")}</p>
          {list(suggested)}
        </>
      )}
      {others.length > 0 && (
        <details open={suggested.length === 0 || undefined}>
          <summary className="min-h-11 cursor-pointer py-2.5 font-medium text-primary">
            {t("others", { count: others.length })}
          </summary>
          <div className="pt-2">{list(others)}</div>
        </details>
      )}
      {choosing && (
        <DebtDialog
          kind={choosing}
          debts={debts.filter(({ id }) => choosing.subjects.includes(id))}
          busy={begin.isPending}
          error={begin.error}
          onChoose={(debt) => start(choosing, debt)}
          onClose={() => setChoosing(null)}
        />
      )}
    </section>
  );
};
