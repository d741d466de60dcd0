"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { FilterBar } from "@/components/desk/filter-bar";
import { FilterSelect } from "@/components/desk/filter-select";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { RowLink, Rows } from "@/components/desk/rows";
import { SearchField } from "@/components/desk/search-field";
import { Button } from "@/components/ui/button";
import { useRouter } from "@/lib/i18n/navigation";
import { useQuiet } from "@/lib/use-quiet";
import { useUrlFilters } from "@/lib/use-url-filters";

import { organisationsQuery } from "../queries";
import { KINDS, STATUSES } from "../types";
import { NewOrganisationDialog } from "./organisation-dialog";
import { OrganisationStatusBadge } from "./organisation-status";

const FILTERS = ["kind", "status"] as const;
const COLUMNS = "md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_9rem_6rem]";

const known = (options: readonly string[], value: string) => (options.includes(value) ? value : "");

/** Lenders, law offices and others whose people work here. */
export const OrganisationList = ({ abilities }: { abilities: readonly string[] }) => {
  const t = useTranslations("staffOrganisations");
  const desk = useTranslations("desk");
  const router = useRouter();
  const { get, set, clear, isNarrowed } = useUrlFilters(FILTERS);
  const [typed, setTyped] = useState("");
  const [isMaking, setMaking] = useState(false);
  const words = useQuiet(typed.trim());
  const kind = known(KINDS, get("kind"));
  const status = known(STATUSES, get("status"));
  const query = useInfiniteQuery(organisationsQuery({ kind, status }, words));
  const organisations = query.data?.pages.flatMap((page) => page.items) ?? [];
  const make = abilities.includes("organisation.edit") && (
    <Button size="dense" className="max-sm:min-h-11" onClick={() => setMaking(true)}>
      <Plus aria-hidden className="size-4" />
      {t("new.button")}
    </Button>
  );
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} actions={make} />
      <FilterBar isNarrowed={isNarrowed} onClear={clear}>
        <SearchField label={t("search")} value={typed} onValue={setTyped} />
        <FilterSelect
          label={t("field.kind")}
          all={desk("any")}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onValue={(value) => set({ kind: value })}
        />
        <FilterSelect
          label={t("field.status")}
          all={desk("all")}
          value={status}
          options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
          onValue={(value) => set({ status: value })}
        />
      </FilterBar>
      <ListFrame
        query={query}
        count={organisations.length}
        isNarrowed={isNarrowed || words !== ""}
        onClear={() => {
          setTyped("");
          clear();
        }}
        empty={{ title: t("emptyTitle"), text: t("emptyText") }}
      >
        <Rows
          label={t("title")}
          columns={COLUMNS}
          head={[t("field.name"), t("field.kind"), t("field.status"), t("field.people")]}
        >
          {organisations.map((organisation) => (
            <RowLink key={organisation.id} href={`/staff/organisations/${organisation.id}`} columns={COLUMNS}>
              <span className="min-w-0 text-base font-medium text-ink md:text-sm">
                {organisation.name}
                {organisation.bin && (
                  <span className="block text-sm font-normal text-muted">
                    {t("bin", { bin: organisation.bin })}
                  </span>
                )}
              </span>
              <span>{organisation.kind_label}</span>
              <span>
                <OrganisationStatusBadge status={organisation.status} />
              </span>
              <span className="text-muted">{t("people", { count: organisation.people_count })}</span>
            </RowLink>
          ))}
        </Rows>
      </ListFrame>
      {isMaking && (
        <NewOrganisationDialog
          onMade={({ id }) => router.push(`/staff/organisations/${id}`)}
          onClose={() => setMaking(false)}
        />
      )}
    </Desk>
  );
};
