"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { BoardFrame, BoardList, LayoutSwitch } from "@/components/desk/board";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Tabs } from "@/components/desk/tabs";
import { Loaded } from "@/components/loaded";
import { useUrlFilters } from "@/lib/use-url-filters";

import { type DeskCounts, deskCountsQuery, type DeskProcedure, deskProceduresQuery } from "../queries";
import { ProcedureCard } from "./procedure-card";
import { SessionList } from "./session-list";

const LAYOUT = ["layout"] as const;

/** Procedures in columns by their state, in the order in which the nearest terms bring them. */
const ByState = ({ rows }: { rows: readonly DeskProcedure[] }) => {
  const states = [...new Set(rows.map((row) => row.state_label))];
  return (
    <BoardFrame>
      {states.map((state) => {
        const own = rows.filter((row) => row.state_label === state);
        return (
          <BoardList key={state} title={state} figure={String(own.length)}>
            {own.map((row) => (
              <ProcedureCard key={row.id} row={row} />
            ))}
          </BoardList>
        );
      })}
    </BoardFrame>
  );
};

const Queue = ({ role }: { role: DeskCounts["roles"][number] }) => {
  const t = useTranslations("specialistDesk.procedures");
  const [ended, setEnded] = useState(false);
  const { get, set } = useUrlFilters(LAYOUT);
  const isBoard = get("layout") === "board";
  const query = useInfiniteQuery(deskProceduresQuery(role, ended));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <Tabs
        label={t("label")}
        value={ended ? "ended" : "open"}
        onValue={(value) => setEnded(value === "ended")}
        tabs={[
          { value: "open", label: t("open") },
          { value: "ended", label: t("ended") },
        ]}
      />
      <LayoutSwitch isBoard={isBoard} onBoard={(board) => set({ layout: board ? "board" : "" })} />
      <ListFrame
        query={query}
        count={rows.length}
        empty={{ title: t(`empty.${role}`), text: t("emptyText") }}
      >
        {isBoard ? (
          <ByState rows={rows} />
        ) : (
          <ul className="grid gap-3 lg:grid-cols-2">
            {rows.map((row) => (
              <ProcedureCard key={row.id} row={row} />
            ))}
          </ul>
        )}
      </ListFrame>
      {role === "mediator" && <SessionList procedures={rows} />}
    </div>
  );
};

const Desks = ({ roles }: { roles: DeskCounts["roles"] }) => {
  const t = useTranslations("specialistDesk.procedures");
  const [chosen, setChosen] = useState<string>("");
  const role = roles.find((one) => one === chosen) ?? roles[0];
  if (!role) return <p className="text-muted">{t("noRole")}</p>;
  return (
    <>
      <PageHead title={t(`title.${role}`)} lead={t(`lead.${role}`)} />
      {roles.length > 1 && (
        <Tabs
          label={t("roles")}
          value={role}
          onValue={setChosen}
          tabs={roles.map((one) => ({ value: one, label: t(`title.${one}`) }))}
        />
      )}
      <Queue key={role} role={role} />
    </>
  );
};

/** The own queue: procedures of the own kind, the nearest term first, with the steps that are open. */
export const ProcedureList = () => (
  <Desk>
    <Loaded query={useQuery(deskCountsQuery)}>{({ roles }) => <Desks roles={roles} />}</Loaded>
  </Desk>
);
