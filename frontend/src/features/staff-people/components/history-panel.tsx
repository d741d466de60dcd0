"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { HistoryList } from "@/components/desk/history-list";
import { ListFrame } from "@/components/desk/list-frame";
import { Panel } from "@/components/desk/panel";

import { historyQuery } from "../queries";

export const HistoryPanel = ({ personId }: { personId: string }) => {
  const t = useTranslations("staffPeople");
  const query = useInfiniteQuery(historyQuery(personId));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t("panel.history")}>
      <ListFrame query={query} count={entries.length} empty={{ title: t("noHistory") }}>
        <HistoryList entries={entries} />
      </ListFrame>
    </Panel>
  );
};
