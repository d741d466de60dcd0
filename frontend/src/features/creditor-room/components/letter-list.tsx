"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { FilterBar } from "@/components/desk/filter-bar";
import { FilterSelect } from "@/components/desk/filter-select";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { SearchField } from "@/components/desk/search-field";
import { Tabs } from "@/components/desk/tabs";
import { Button } from "@/components/ui/button";
import { useUrlFilters } from "@/lib/use-url-filters";

import { lettersQuery, roomCountsQuery, roomListsQuery } from "../queries";
import { TABS } from "../types";
import { BulkAnswer } from "./bulk-answer";
import { LetterRow } from "./letter-row";

const NAMES = ["tab", "assignee", "sort"] as const;

/** Letters of the own organisation by piles, with the term to answer, and a way to answer many at once. */
export const LetterList = () => {
  const t = useTranslations("room.list");
  const tabs = useTranslations("room.tabs");
  const { get, set, clear, isNarrowed } = useUrlFilters(NAMES);
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isAnswering, setAnswering] = useState(false);
  const tab = get("tab") || "new";
  const filters = {
    tab: tab === "all" || words ? "" : tab,
    assignee: get("assignee"),
    sort: get("sort") || "due",
    words,
  };
  const query = useInfiniteQuery(lettersQuery(filters));
  const { data: counts } = useQuery(roomCountsQuery);
  const { data: lists } = useQuery(roomListsQuery);
  const letters = query.data?.pages.flatMap((page) => page.items) ?? [];
  const choosable = letters.filter((letter) => letter.answerable).map((letter) => letter.id);
  const picked = chosen.filter((id) => choosable.includes(id));
  const total = counts ? TABS.reduce((sum, name) => sum + counts[name], 0) : 0;

  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <Tabs
        label={t("piles")}
        value={tab}
        onValue={(value) => {
          setChosen([]);
          set({ tab: value });
        }}
        tabs={[
          ...TABS.map((name) => ({
            value: name,
            label: counts ? `${tabs(name)} (${counts[name]})` : tabs(name),
          })),
          { value: "all", label: counts ? `${tabs("all")} (${total})` : tabs("all") },
        ]}
      />
      <FilterBar
        isNarrowed={isNarrowed || words !== ""}
        onClear={() => {
          setWords("");
          clear();
        }}
      >
        <SearchField label={t("search")} value={words} onValue={setWords} />
        <FilterSelect
          label={t("assignee")}
          all={t("everybody")}
          value={get("assignee")}
          onValue={(assignee) => set({ assignee })}
          options={[
            { value: "me", label: t("mine") },
            { value: "none", label: t("nobodys") },
            ...(lists?.people ?? []).map((person) => ({ value: person.id, label: person.full_name })),
          ]}
        />
        <FilterSelect
          label={t("sort")}
          all={t("byTerm")}
          value={get("sort")}
          onValue={(sort) => set({ sort })}
          options={[{ value: "-since", label: t("byArrival") }]}
        />
      </FilterBar>
      {choosable.length > 0 && (
        <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
          <label className="flex min-h-11 items-center gap-2 font-medium">
            <input
              type="checkbox"
              className="size-5 accent-primary"
              checked={picked.length === choosable.length}
              onChange={(event) => setChosen(event.target.checked ? choosable : [])}
            />
            {t("chooseAll")}
          </label>
          <p aria-live="polite" className="text-muted">
            {t("chosen", { count: picked.length })}
          </p>
          <Button size="dense" disabled={picked.length === 0} onClick={() => setAnswering(true)}>
            {t("answerChosen")}
          </Button>
        </div>
      )}
      <ListFrame
        query={query}
        count={letters.length}
        isNarrowed={isNarrowed || words !== ""}
        onClear={() => {
          setWords("");
          clear();
        }}
        empty={{ title: t("emptyTitle"), text: t("emptyText") }}
      >
        <ul
          aria-label={t("title")}
          className="flex flex-col gap-2 md:gap-0 md:divide-y md:divide-line md:overflow-hidden md:rounded-card md:border md:border-line md:bg-surface"
        >
          {letters.map((letter) => (
            <LetterRow
              key={letter.id}
              letter={letter}
              isChosen={picked.includes(letter.id)}
              onChoose={(isChosen) =>
                setChosen(isChosen ? [...picked, letter.id] : picked.filter((id) => id !== letter.id))
              }
            />
          ))}
        </ul>
      </ListFrame>
      {isAnswering && (
        <BulkAnswer
          letterIds={picked}
          onClose={() => {
            setAnswering(false);
            setChosen([]);
          }}
        />
      )}
    </Desk>
  );
};
