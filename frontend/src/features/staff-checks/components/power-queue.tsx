"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { FilterBar } from "@/components/desk/filter-bar";
import { FilterSelect } from "@/components/desk/filter-select";
import { ListFrame } from "@/components/desk/list-frame";
import { formatDate } from "@/lib/format";
import { useUrlFilters } from "@/lib/use-url-filters";

import { powersQuery } from "../queries";
import { type Power, POWER_STATUSES } from "../types";
import { CheckCard } from "./check-card";
import { ANY, statusFor, WAITING } from "./specialist-queue";

const FILTERS = ["status"] as const;

const PowerCard = ({ power }: { power: Power }) => {
  const t = useTranslations("staffChecks");
  const locale = useLocale();
  const names = `${power.principal_name} → ${power.representative_name}`;
  return (
    <CheckCard
      of="powers"
      id={power.id}
      name={names}
      title={names}
      kind={power.scope.map((code) => t(`scope.${code}`)).join(", ")}
      status={power.status}
      statusLabel={power.status_label}
      note={power.check_note}
      facts={[
        { label: t("fact.principal"), value: power.principal_name },
        { label: t("fact.representative"), value: power.representative_name },
        { label: t("fact.number"), value: power.number },
        { label: t("fact.issuedBy"), value: power.issued_by },
        {
          label: t("fact.term"),
          value: t("term", {
            from: formatDate(power.valid_from, locale, "from"),
            until: formatDate(power.valid_until, locale, "until"),
          }),
        },
      ]}
      fileId={power.document_file_id}
      allowed={power.allowed_actions}
    />
  );
};

export const PowerQueue = () => {
  const t = useTranslations("staffChecks");
  const desk = useTranslations("desk");
  const { get, set } = useUrlFilters(FILTERS);
  const status = statusFor(get("status"), POWER_STATUSES);
  const query = useInfiniteQuery(powersQuery(status));
  const powers = query.data?.pages.flatMap((page) => page.items) ?? [];
  const clear = () => set({ status: "" });
  return (
    <>
      <FilterBar isNarrowed={get("status") !== ""} onClear={clear}>
        <FilterSelect
          label={t("filter.status")}
          all={t("powerStatus.submitted")}
          value={status === WAITING ? "" : status || ANY}
          options={[
            ...POWER_STATUSES.filter((code) => code !== WAITING).map((code) => ({
              value: code,
              label: t(`powerStatus.${code}`),
            })),
            { value: ANY, label: desk("all") },
          ]}
          onValue={(value) => set({ status: value })}
        />
      </FilterBar>
      <ListFrame
        query={query}
        count={powers.length}
        isNarrowed={get("status") !== ""}
        onClear={clear}
        empty={{ title: t("emptyTitle"), text: t("emptyPowers") }}
      >
        <ul className="grid items-start gap-3 lg:grid-cols-2">
          {powers.map((power) => (
            <PowerCard key={power.id} power={power} />
          ))}
        </ul>
      </ListFrame>
    </>
  );
};
