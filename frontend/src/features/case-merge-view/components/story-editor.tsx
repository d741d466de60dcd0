"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { Panel } from "@/components/desk/panel";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { formatDateTime } from "@/lib/format";
import { isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { type Newer, newerOf, storyQuery, useStorySave } from "../queries";
import {
  changedOf,
  type Meeting,
  meetingsOf,
  mergedOf,
  partOf,
  STORY_FIELDS,
  STORY_PARTS,
  type StoryDetail,
  toPatch,
  toTyped,
  type Typed,
} from "../story";
import { useFieldLabel } from "../use-field-label";
import { useShownValue } from "../use-shown-value";
import { MergeDialog } from "./merge-dialog";
import { StoryFieldInput } from "./story-field";

/** Two of these stand in a row where there is room. */
const NARROW: ReadonlySet<string> = new Set(["money", "number", "rate", "date", "hardship"]);

interface Meeting412 {
  newer: Newer;
  theirs: Typed;
  meetings: readonly Meeting[];
}

const StoryForm = ({ caseId, story }: { caseId: string; story: StoryDetail }) => {
  const t = useTranslations("caseStory");
  const toast = useToast();
  const describe = useProblemText();
  const [seen, setSeen] = useState<{ values: Typed; version: number }>(() => ({
    values: toTyped(story),
    version: story.version,
  }));
  const [typed, setTyped] = useState<Typed>(seen.values);
  const [met, setMet] = useState<Meeting412 | null>(null);
  const save = useStorySave(caseId);
  const changed = changedOf(seen.values, typed);

  const send = async (mine: Typed, base: Typed, version: number): Promise<void> => {
    try {
      const saved = await save.mutateAsync({ patch: toPatch(base, mine), version });
      setSeen({ values: toTyped(saved), version: saved.version });
      setTyped(toTyped(saved));
      setMet(null);
      toast.show("success", t("saved"));
    } catch (error) {
      const newer = newerOf(error);
      if (newer) await meet(newer, mine, base);
    }
  };
  /** Somebody was faster. Where nothing meets both are kept at once; otherwise the person chooses, and nothing typed is lost. */
  const meet = async (newer: Newer, mine: Typed, base: Typed): Promise<void> => {
    const theirs = toTyped(newer.current);
    const meetings = meetingsOf(base, mine, theirs);
    if (meetings.length > 0) setMet({ newer, theirs, meetings });
    else await send(mergedOf(base, mine, theirs, {}), theirs, newer.version);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed.length > 0 && !save.isPending) void send(typed, seen.values, seen.version);
  };
  const problem = isProblem(save.error) && save.error.status !== 412 ? save.error : null;
  /** Items of a list of codes belong to the field that holds the list; rows of property have fields of their own. */
  const errorAt = (at: string) =>
    problem?.errors.find(
      ({ pointer }) => pointer === at || (at !== "/assets" && pointer.startsWith(`${at}/`)),
    )?.detail;
  return (
    <>
      <form noValidate onSubmit={submit} className="flex flex-col gap-6">
        {STORY_PARTS.map((part) => (
          <section key={part} aria-labelledby={`story-part-${part}`} className="grid gap-4 sm:grid-cols-2">
            <h3
              id={`story-part-${part}`}
              className="border-b border-line pb-1 font-semibold text-ink sm:col-span-2"
            >
              {t(`parts.${part}`)}
            </h3>
            {STORY_FIELDS.filter(({ name }) => partOf(name) === part).map((field) => (
              <div key={field.name} className={NARROW.has(field.kind) ? "" : "sm:col-span-2"}>
                <StoryFieldInput
                  {...field}
                  value={typed[field.name]}
                  errorAt={errorAt}
                  onValue={(value) => setTyped((before) => ({ ...before, [field.name]: value }))}
                />
              </div>
            ))}
          </section>
        ))}
        {problem && (
          <Alert tone="danger" live>
            {describe(problem)}
          </Alert>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" busy={save.isPending} disabled={changed.length === 0}>
            {t("save")}
          </Button>
          <span aria-live="polite" className="text-sm text-muted">
            {changed.length > 0 && t("unsaved", { count: changed.length })}
          </span>
        </div>
      </form>
      {/* Outside of the form: a window in it would send both. */}
      {met && (
        <MergeDialog
          newer={met.newer}
          meetings={met.meetings}
          busy={save.isPending}
          error={problem}
          onSave={(choices) => {
            const merged = mergedOf(seen.values, typed, met.theirs, choices);
            void send(merged, met.theirs, met.newer.version);
          }}
          onClose={() => setMet(null)}
        />
      )}
    </>
  );
};

const Changes = ({ story }: { story: StoryDetail }) => {
  const t = useTranslations("caseStory");
  const locale = useLocale();
  const labelOf = useFieldLabel();
  if (story.changes.length === 0) return null;
  return (
    <Panel title={t("changes")}>
      <ul className="flex flex-col divide-y divide-line text-sm">
        {story.changes.map((change) => (
          <li key={`${change.at}${change.field}`} className="py-2">
            <span className="font-medium">{labelOf(change.field)}</span>
            <span className="block text-muted">
              {[
                formatDateTime(change.at, locale),
                change.by_borrower ? t("byBorrower") : change.by || t("byStaff"),
              ].join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

/** What the borrower told, corrected field by field; who saves over a newer version compares and chooses. */
export const StoryEditor = ({ caseId, isOwn = false }: { caseId: string; isOwn?: boolean }) => {
  const t = useTranslations("caseStory");
  const common = useTranslations("common");
  const { data: story, error, refetch } = useQuery(storyQuery(caseId));
  if (error && !story) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!story) {
    return (
      <Loading label={common("loading")}>
        <Skeleton className="h-96" />
      </Loading>
    );
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Panel title={t(isOwn ? "titleOwn" : "title")}>
        {story.locked && <Alert tone="info">{t(story.editable ? "lockedStaff" : "locked")}</Alert>}
        {story.editable ? <StoryForm caseId={caseId} story={story} /> : <ReadOnly story={story} />}
      </Panel>
      <Changes story={story} />
    </div>
  );
};

const ReadOnly = ({ story }: { story: StoryDetail }) => {
  const show = useShownValue();
  const labelOf = useFieldLabel();
  const values = toTyped(story);
  return (
    <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[14rem_1fr]">
      {STORY_FIELDS.filter(({ name }) => values[name] !== "").map(({ name }) => (
        <div key={name} className="flex flex-col sm:contents">
          <dt className="text-muted">{labelOf(name)}</dt>
          <dd className="break-words">{show(name, values[name])}</dd>
        </div>
      ))}
    </dl>
  );
};
