"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

import { FilterBar } from "@/components/desk/filter-bar";
import { FilterSelect } from "@/components/desk/filter-select";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { SearchField } from "@/components/desk/search-field";
import { useQuiet } from "@/lib/use-quiet";
import { useUrlFilters } from "@/lib/use-url-filters";

import { organisationOptionsQuery, peopleQuery, roleCatalogueQuery } from "../queries";
import { PeopleRows } from "./people-rows";

const FILTERS = ["role", "status", "organisation"] as const;
const STATUSES = ["active", "deactivated", "erased"] as const;
const SHORTEST_SEARCH = 2;

const statusIn = (value: string) => STATUSES.find((status) => status === value) ?? "";

interface PeopleListProps {
  /** The links to what else can be done with people, as the rights of the reader allow. */
  actions?: ReactNode;
}

/** Everybody who has an account. The words of the search stay out of the address; filters stand in it. */
export const PeopleList = ({ actions }: PeopleListProps) => {
  const t = useTranslations("staffPeople");
  const desk = useTranslations("desk");
  const { get, set, clear, isNarrowed } = useUrlFilters(FILTERS);
  const [typed, setTyped] = useState("");
  const quiet = useQuiet(typed.trim());
  const words = quiet.length >= SHORTEST_SEARCH ? quiet : "";
  const { data: roles } = useQuery(roleCatalogueQuery);
  const { data: organisations } = useQuery(organisationOptionsQuery);
  const query = useInfiniteQuery(
    peopleQuery(
      { role: get("role"), status: statusIn(get("status")), organisation: get("organisation") },
      words,
    ),
  );
  const people = query.data?.pages.flatMap((page) => page.items) ?? [];
  const reset = () => {
    setTyped("");
    clear();
  };
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} actions={actions} />
      <FilterBar isNarrowed={isNarrowed} onClear={clear}>
        <SearchField
          label={t("search")}
          placeholder={t("searchPlaceholder")}
          value={typed}
          busy={query.isFetching && words !== "" && !query.isFetchingNextPage}
          onValue={setTyped}
        />
        <FilterSelect
          label={t("filter.role")}
          all={t("filter.anyRole")}
          value={get("role")}
          options={(roles?.built_in ?? []).map(({ code, label }) => ({ value: code, label }))}
          onValue={(role) => set({ role })}
        />
        <FilterSelect
          label={t("filter.status")}
          all={desk("all")}
          value={statusIn(get("status"))}
          options={STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
          onValue={(status) => set({ status })}
        />
        {(organisations?.items.length ?? 0) > 0 && (
          <FilterSelect
            label={t("filter.organisation")}
            all={desk("any")}
            value={get("organisation")}
            options={(organisations?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onValue={(organisation) => set({ organisation })}
          />
        )}
      </FilterBar>
      <ListFrame
        query={query}
        count={people.length}
        isNarrowed={isNarrowed || words !== ""}
        onClear={reset}
        empty={{ title: t("emptyTitle"), text: t("emptyText") }}
      >
        <PeopleRows people={people} />
      </ListFrame>
    </Desk>
  );
};
