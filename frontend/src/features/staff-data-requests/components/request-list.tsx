"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { FilterBar } from "@/components/desk/filter-bar";
import { FilterSelect } from "@/components/desk/filter-select";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { useUrlFilters } from "@/lib/use-url-filters";

import { dataRequestsQuery } from "../queries";
import { KINDS, STATUSES } from "../types";
import { RequestCard } from "./request-card";

const FILTERS = ["status", "kind"] as const;

/** Copies and erasures that people asked for, each tracked to its end. */
export const RequestList = () => {
  const t = useTranslations("staffDataRequests");
  const desk = useTranslations("desk");
  const { get, set, clear, isNarrowed } = useUrlFilters(FILTERS);
  const status = STATUSES.find((code) => code === get("status")) ?? "";
  const kind = KINDS.find((code) => code === get("kind")) ?? "";
  const query = useInfiniteQuery(dataRequestsQuery({ status, kind }));
  const requests = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <FilterBar isNarrowed={isNarrowed} onClear={clear}>
        <FilterSelect
          label={t("filter.status")}
          all={desk("all")}
          value={status}
          options={STATUSES.map((code) => ({ value: code, label: t(`status.${code}`) }))}
          onValue={(value) => set({ status: value })}
        />
        <FilterSelect
          label={t("filter.kind")}
          all={desk("all")}
          value={kind}
          options={KINDS.map((code) => ({ value: code, label: t(`kind.${code}`) }))}
          onValue={(value) => set({ kind: value })}
        />
      </FilterBar>
      <ListFrame
        query={query}
        count={requests.length}
        isNarrowed={isNarrowed}
        onClear={clear}
        empty={{ title: t("emptyTitle"), text: t("emptyText") }}
      >
        <ul className="flex flex-col gap-2">
          {requests.map((request) => (
            <RequestCard key={request.id} request={request} />
          ))}
        </ul>
      </ListFrame>
    </Desk>
  );
};
