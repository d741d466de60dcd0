"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Panel } from "@/components/desk/panel";
import { EmptyState, ProblemState } from "@/components/state-panels";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Select } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";
import { isProblem } from "@/lib/problem";

import { differenceQuery, kindQuery } from "../queries";
import type { Change, Difference, Version } from "../types";

/** What the edition changes against another one: by words, with marks whole; what stayed the same is folded away. */
export const DifferencePanel = ({ version }: { version: Version }) => {
  const t = useTranslations("staffTemplates.difference");
  const common = useTranslations("common");
  const [withId, setWithId] = useState("");
  const query = useQuery(differenceQuery(version.id, withId, version.revision));
  const kind = useQuery(kindQuery(version.code));
  const others = (kind.data?.versions ?? []).filter(
    ({ id, language }) => id !== version.id && language === version.language,
  );
  const difference = query.data;
  if (query.error && !difference) {
    return isProblem(query.error) && query.error.status === 404 ? (
      <EmptyState title={t("nothing")} />
    ) : (
      <ProblemState error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (!difference) {
    return (
      <Loading label={common("loading")}>
        <Skeleton className="h-64" />
      </Loading>
    );
  }
  return (
    <Panel title={t("title")}>
      <Select
        id="difference-with"
        label={t("with")}
        className="max-w-md"
        value={withId || difference.before.id}
        onChange={(event) => setWithId(event.target.value)}
      >
        {others.map((one) => (
          <option key={one.id} value={one.id}>
            {t("edition", { number: one.version, state: one.state_label })}
          </option>
        ))}
      </Select>
      <p aria-live="polite" className="font-medium text-ink">
        {t("count", { count: difference.count })}
      </p>
      <Marks difference={difference} />
      <Changes changes={difference.changes} />
    </Panel>
  );
};

const Marks = ({ difference }: { difference: Difference }) => {
  const t = useTranslations("staffTemplates.difference");
  const groups = [
    { key: "marksAdded", marks: difference.added_marks, tone: "success" },
    { key: "marksRemoved", marks: difference.removed_marks, tone: "danger" },
    { key: "marksMoved", marks: difference.moved_marks, tone: "info" },
  ] as const;
  return groups
    .filter(({ marks }) => marks.length > 0)
    .map(({ key, marks, tone }) => (
      <p key={key} className="flex flex-wrap items-center gap-1.5 text-sm">
        <span className="text-muted">{t(key)}</span>
        {marks.map((mark) => (
          <Badge key={mark} tone={tone}>
            <code className="break-all">{mark}</code>
          </Badge>
        ))}
      </p>
    ));
};

const isNear = (changes: readonly Change[], index: number) =>
  [index - 1, index, index + 1].some((at) => (changes[at]?.what ?? "same") !== "same");

const Changes = ({ changes }: { changes: readonly Change[] }) => {
  const t = useTranslations("staffTemplates.difference");
  const [isWhole, setWhole] = useState(false);
  const shown = changes
    .map((change, index) => ({ change, index }))
    .filter(({ index }) => isWhole || isNear(changes, index));
  return (
    <>
      <label className="flex min-h-11 items-center gap-2 self-start">
        <input
          type="checkbox"
          className="size-5 accent-primary"
          checked={isWhole}
          onChange={(event) => setWhole(event.target.checked)}
        />
        {t("whole")}
      </label>
      <ol className="flex flex-col">
        {shown.map(({ change, index }, at) => {
          const before = shown[at - 1];
          const skipped = before ? index - before.index - 1 : index;
          return (
            <li key={index} className="flex flex-col">
              {skipped > 0 && <p className="py-2 text-sm text-muted">{t("skipped", { count: skipped })}</p>}
              <ChangeLine change={change} />
            </li>
          );
        })}
      </ol>
    </>
  );
};

const TONES: Record<Change["what"], BadgeTone> = {
  same: "neutral",
  added: "success",
  removed: "danger",
  changed: "warning",
  moved: "info",
};
const BOXES: Partial<Record<Change["what"], string>> = {
  added: "border-success",
  removed: "border-danger",
  changed: "border-warning",
  moved: "border-info",
};

const ChangeLine = ({ change }: { change: Change }) => {
  const t = useTranslations("staffTemplates.difference");
  return (
    <div className={cn("flex flex-col gap-1 border-l-4 border-line py-2 pl-3", BOXES[change.what])}>
      {(change.what !== "same" || change.style !== "paragraph") && (
        <p className="flex flex-wrap gap-2 text-sm text-muted">
          {change.what !== "same" && <Badge tone={TONES[change.what]}>{t(`what.${change.what}`)}</Badge>}
          {t(`style.${change.style}`)}
        </p>
      )}
      <p className={cn("measure break-words", change.what === "same" && "text-muted")}>
        {change.pieces.map((piece, index) => {
          const text = piece.is_mark ? <code className="text-[0.9em]">{piece.text}</code> : piece.text;
          if (piece.sign === "added") {
            return (
              <ins key={index} className="rounded-sm bg-success-soft text-success">
                {text}
              </ins>
            );
          }
          if (piece.sign === "removed") {
            return (
              <del key={index} className="rounded-sm bg-danger-soft text-danger">
                {text}
              </del>
            );
          }
          return <span key={index}>{text}</span>;
        })}
      </p>
    </div>
  );
};
