"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { LayoutSwitch } from "@/components/desk/board";
import { FilterBar } from "@/components/desk/filter-bar";
import { FilterSelect } from "@/components/desk/filter-select";
import { Desk, PageHead } from "@/components/desk/page-head";
import { SearchField } from "@/components/desk/search-field";
import { useUrlFilters } from "@/lib/use-url-filters";

import { roomListsQuery } from "../queries";
import { LetterBoard } from "./letter-board";
import { LetterPiles } from "./letter-piles";

const NAMES = ["tab", "assignee", "sort", "layout"] as const;

/** Letters of the own organisation, in piles or on a board, with the term to answer. */
export const LetterList = () => {
  const t = useTranslations("room.list");
  const { get, set } = useUrlFilters(NAMES);
  const [words, setWords] = useState("");
  const { data: lists } = useQuery(roomListsQuery);
  const isBoard = get("layout") === "board";
  const isNarrowed = Boolean(get("assignee") || get("sort") || words);
  const filters = { assignee: get("assignee"), sort: get("sort") || "due", words };
  const clear = () => {
    setWords("");
    set({ tab: "", assignee: "", sort: "" });
  };

  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <LayoutSwitch isBoard={isBoard} onBoard={(board) => set({ layout: board ? "board" : "" })} />
      <FilterBar isNarrowed={isNarrowed} onClear={clear}>
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
      {isBoard ? (
        <LetterBoard filters={filters} />
      ) : (
        <LetterPiles
          tab={get("tab") || "new"}
          onTab={(tab) => set({ tab })}
          filters={filters}
          isNarrowed={isNarrowed}
          onClear={clear}
        />
      )}
    </Desk>
  );
};
