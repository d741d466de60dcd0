"use client";

import { useQuery } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { Panel } from "@/components/desk/panel";
import { Row, Rows } from "@/components/desk/rows";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";

import { loadQuery, type StaffLoad } from "../queries";
import { CapacityDialog } from "./capacity-dialog";

const COLUMNS = "md:grid-cols-[minmax(0,1.4fr)_minmax(0,1.6fr)_minmax(0,1fr)_minmax(0,1.2fr)_8rem]";

const LoadBar = ({ load }: { load: StaffLoad }) => {
  const t = useTranslations("staffQueues");
  const share = load.share_percent ?? 100;
  const tone = share >= 100 ? "bg-danger" : share >= 80 ? "bg-accent" : "bg-primary";
  return (
    <div className="flex flex-col gap-1">
      <p className="tabular-nums">{t("carries", { open: load.open_cases, capacity: load.capacity })}</p>
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-line">
        <div className={cn("h-full rounded-full", tone)} style={{ width: `${Math.min(share, 100)}%` }} />
      </div>
    </div>
  );
};

const Presence = ({ load }: { load: StaffLoad }) => {
  const t = useTranslations("staffQueues");
  const locale = useLocale();
  if (load.absence) {
    return (
      <p className="flex flex-col items-start gap-0.5">
        <Badge tone="warning">
          {t("awayUntil", { date: formatDate(load.absence.last_day, locale, "until") })}
        </Badge>
        {load.absence.substitute && (
          <span className="text-muted">{t("substitute", { name: load.absence.substitute.full_name })}</span>
        )}
      </p>
    );
  }
  return (
    <p className="flex flex-col items-start gap-0.5">
      <span>{t("atWork")}</span>
      {load.standing_in.length > 0 && (
        <span className="text-muted">{t("standsIn", { names: load.standing_in.join(", ") })}</span>
      )}
      {load.next_absence && (
        <span className="text-muted">
          {t("awayFrom", { date: formatDate(load.next_absence.first_day, locale, "from") })}
        </span>
      )}
    </p>
  );
};

/** Who has how much: open cases by what a person can carry, what presses, and who is away. */
export const LoadTable = () => {
  const t = useTranslations("staffQueues");
  const query = useQuery(loadQuery);
  const [changed, setChanged] = useState<StaffLoad | null>(null);
  const items = query.data?.items ?? [];
  return (
    <Panel title={t("load")}>
      <ListFrame query={query} count={items.length} empty={{ title: t("noManagers") }}>
        <Rows
          label={t("load")}
          columns={COLUMNS}
          head={[t("person"), t("openCases"), t("pressing"), t("presence"), ""]}
        >
          {items.map((load) => (
            <Row key={load.person.id} columns={COLUMNS}>
              <div className="min-w-0">
                <p className="font-medium">{load.person.full_name}</p>
                <p className="text-muted">{load.queues.join(", ") || t("noQueue")}</p>
              </div>
              <LoadBar load={load} />
              <p className="tabular-nums">{t("presses", { urgent: load.urgent, soon: load.soon })}</p>
              <Presence load={load} />
              {query.data?.may_edit ? (
                <Button
                  variant="quiet"
                  size="dense"
                  aria-label={t("capacityOf", { name: load.person.full_name })}
                  onClick={() => setChanged(load)}
                >
                  <Pencil aria-hidden className="size-4" />
                  {t("capacity")}
                </Button>
              ) : (
                <span />
              )}
            </Row>
          ))}
        </Rows>
      </ListFrame>
      {changed && <CapacityDialog load={changed} onClose={() => setChanged(null)} />}
    </Panel>
  );
};
