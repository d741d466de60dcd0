"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { FilterBar } from "@/components/desk/filter-bar";
import { FilterSelect } from "@/components/desk/filter-select";
import { ListFrame } from "@/components/desk/list-frame";
import { formatDate, formatDateTime } from "@/lib/format";
import { useUrlFilters } from "@/lib/use-url-filters";

import { specialistsQuery } from "../queries";
import { SPECIALIST_KINDS, SPECIALIST_STATUSES, type SpecialistEntry } from "../types";
import { CheckCard } from "./check-card";

const FILTERS = ["status", "kind"] as const;
export const ANY = "any";
export const WAITING = "submitted";

/** Nothing in the address means what waits; «все» is said aloud. */
export const statusFor = (value: string, known: readonly string[]): string =>
  value === ANY ? "" : known.includes(value) ? value : WAITING;

const SpecialistCard = ({ entry }: { entry: SpecialistEntry }) => {
  const t = useTranslations("staffChecks");
  const locale = useLocale();
  const day = (iso: string | null) => (iso ? formatDate(iso, locale) : null);
  return (
    <CheckCard
      of="specialists"
      id={entry.id}
      version={entry.version}
      name={entry.person.full_name}
      title={entry.person.full_name}
      kind={entry.kind_label}
      status={entry.status}
      statusLabel={entry.status_label}
      note={entry.check_note}
      facts={[
        { label: t("fact.register"), value: entry.register_name },
        { label: t("fact.number"), value: entry.register_number },
        { label: t("fact.issued"), value: day(entry.issued_on) },
        { label: t("fact.until"), value: day(entry.valid_until) ?? t("noEnd") },
        { label: t("fact.fields"), value: entry.specialisation_labels.join(", ") },
        { label: t("fact.region"), value: entry.region },
        {
          label: t("fact.submitted"),
          value: entry.submitted_at ? formatDateTime(entry.submitted_at, locale) : null,
        },
      ]}
      fileId={entry.proof_file_id}
      allowed={entry.allowed_actions}
    />
  );
};

export const SpecialistQueue = () => {
  const t = useTranslations("staffChecks");
  const desk = useTranslations("desk");
  const { get, set } = useUrlFilters(FILTERS);
  const status = statusFor(get("status"), SPECIALIST_STATUSES);
  const kind = SPECIALIST_KINDS.find((code) => code === get("kind")) ?? "";
  const query = useInfiniteQuery(specialistsQuery({ status, kind }));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const clear = () => set({ status: "", kind: "" });
  return (
    <>
      <FilterBar isNarrowed={get("status") !== "" || kind !== ""} onClear={clear}>
        <FilterSelect
          label={t("filter.status")}
          all={t("specialistStatus.submitted")}
          value={status === WAITING ? "" : status || ANY}
          options={[
            ...SPECIALIST_STATUSES.filter((code) => code !== WAITING).map((code) => ({
              value: code,
              label: t(`specialistStatus.${code}`),
            })),
            { value: ANY, label: desk("all") },
          ]}
          onValue={(value) => set({ status: value })}
        />
        <FilterSelect
          label={t("filter.kind")}
          all={desk("all")}
          value={kind}
          options={SPECIALIST_KINDS.map((code) => ({ value: code, label: t(`kind.${code}`) }))}
          onValue={(value) => set({ kind: value })}
        />
      </FilterBar>
      <ListFrame
        query={query}
        count={entries.length}
        isNarrowed={get("status") !== "" || kind !== ""}
        onClear={clear}
        empty={{ title: t("emptyTitle"), text: t("emptySpecialists") }}
      >
        <ul className="grid items-start gap-3 lg:grid-cols-2">
          {entries.map((entry) => (
            <SpecialistCard key={entry.id} entry={entry} />
          ))}
        </ul>
      </ListFrame>
    </>
  );
};
