"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { FilterSelect } from "@/components/desk/filter-select";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Panel } from "@/components/desk/panel";
import { Loaded } from "@/components/loaded";

import { roomFiguresQuery } from "../queries";
import type { RoomFigures } from "../types";

const Tile = ({ name, value }: { name: string; value: string }) => (
  <div className="rounded-card border border-line bg-surface p-4">
    <dt className="text-xs text-muted">{name}</dt>
    <dd className="text-2xl font-semibold text-ink tabular-nums">{value}</dd>
  </div>
);

const share = (part: number, whole: number): string =>
  whole ? `${Math.round((part / whole) * 100)} %` : "—";

const Numbers = ({ figures }: { figures: RoomFigures }) => {
  const t = useTranslations("room.figures");
  const kinds = useTranslations("room.answer.kinds");
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-5">
        <Tile name={t("received")} value={String(figures.received)} />
        <Tile name={t("answered")} value={String(figures.answered)} />
        <Tile name={t("inTime")} value={share(figures.answered_in_time, figures.answered)} />
        <Tile name={t("overdue")} value={String(figures.overdue)} />
        <Tile
          name={t("average")}
          value={figures.average_days === null ? "—" : t("days", { days: figures.average_days })}
        />
      </dl>
      <div className="grid gap-4 lg:grid-cols-2">
        <Panel title={t("kinds")}>
          <ul className="flex flex-col gap-1.5">
            {(["agree", "offer", "papers", "refuse"] as const).map((kind) => (
              <li key={kind} className="flex justify-between gap-3">
                <span>{kinds(kind)}</span>
                <span className="font-semibold tabular-nums">{figures.by_kind[kind] ?? 0}</span>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title={t("people")}>
          {figures.people.length === 0 ? (
            <p className="text-muted">{t("nobody")}</p>
          ) : (
            <ul className="flex flex-col gap-2">
              {figures.people.map((person) => (
                <li key={person.person_id} className="flex flex-wrap justify-between gap-x-3">
                  <span className="font-medium">{person.full_name}</span>
                  <span className="text-muted">
                    {t("ofPerson", {
                      answered: person.answered,
                      received: person.received,
                      share: share(person.answered_in_time, person.answered),
                    })}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </>
  );
};

/** How the organisation answers: for its own administrators alone. */
export const RoomFiguresPage = () => {
  const t = useTranslations("room.figures");
  const [days, setDays] = useState("90");
  const query = useQuery(roomFiguresQuery(Number(days || "90")));
  return (
    <Desk>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <FilterSelect
            label={t("period")}
            all={t("d90")}
            value={days === "90" ? "" : days}
            onValue={(value) => setDays(value || "90")}
            options={[
              { value: "30", label: t("d30") },
              { value: "365", label: t("d365") },
            ]}
          />
        }
      />
      <Loaded query={query}>{(figures) => <Numbers figures={figures} />}</Loaded>
    </Desk>
  );
};
