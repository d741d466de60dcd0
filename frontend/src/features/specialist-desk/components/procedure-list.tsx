"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Tabs } from "@/components/desk/tabs";
import { Loaded } from "@/components/loaded";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatDate, formatMoney } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { type DeskCounts, deskCountsQuery, type DeskProcedure, deskProceduresQuery } from "../queries";
import { SessionList } from "./session-list";
import { StepDialog } from "./step-dialog";

type Step = DeskProcedure["allowed_actions"][number];

const ProcedureCard = ({ row }: { row: DeskProcedure }) => {
  const t = useTranslations("specialistDesk.procedures");
  const locale = useLocale();
  const [step, setStep] = useState<Step | null>(null);
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <Link
            href={`/desk/cases/${row.case_id}`}
            prefetch={false}
            className="font-semibold text-primary hover:underline"
          >
            {row.borrower_name}
          </Link>
          <p className="text-muted">{[row.case_number, row.kind_label].join(" · ")}</p>
        </div>
        <Badge tone="info">{row.state_label}</Badge>
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
        {row.creditor_name && <span>{row.creditor_name}</span>}
        {row.debt_tiyn !== null && <span className="tabular-nums">{formatMoney(row.debt_tiyn)}</span>}
        {row.due && row.days_left !== null && (
          <span
            className={
              row.days_left < 0
                ? "font-medium text-danger"
                : row.days_left <= 3
                  ? "font-medium text-warning"
                  : ""
            }
          >
            {t("due", { date: formatDate(row.due, locale, "until") })}
          </span>
        )}
      </p>
      {row.allowed_actions.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {row.allowed_actions.map((action) => (
            <Button key={action.action} variant="secondary" size="dense" onClick={() => setStep(action)}>
              {action.label}
            </Button>
          ))}
        </div>
      )}
      {step && <StepDialog procedure={row} step={step} onClose={() => setStep(null)} />}
    </li>
  );
};

const Queue = ({ role }: { role: DeskCounts["roles"][number] }) => {
  const t = useTranslations("specialistDesk.procedures");
  const [ended, setEnded] = useState(false);
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
      <ListFrame
        query={query}
        count={rows.length}
        empty={{ title: t(`empty.${role}`), text: t("emptyText") }}
      >
        <ul className="grid gap-3 lg:grid-cols-2">
          {rows.map((row) => (
            <ProcedureCard key={row.id} row={row} />
          ))}
        </ul>
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
