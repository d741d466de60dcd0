"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { FilterBar } from "@/components/desk/filter-bar";
import { FilterSelect } from "@/components/desk/filter-select";
import { LawyerMark } from "@/components/desk/lawyer-mark";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { RowLink, Rows } from "@/components/desk/rows";
import { SearchField } from "@/components/desk/search-field";
import { Badge } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";
import { useUrlFilters } from "@/lib/use-url-filters";

import { kindsQuery } from "../queries";
import type { TemplateKind, TemplateLanguage } from "../types";
import { VariablesButton } from "./variables-window";

const STATES = ["proposed", "scheduled", "drafts", "review"] as const;
type State = (typeof STATES)[number];
const FILTERS = ["state"] as const;
const COLUMNS = "md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]";

const HOLDS: Record<State, (kind: TemplateKind) => boolean> = {
  proposed: (kind) => kind.templates.some(({ proposed }) => proposed > 0),
  scheduled: (kind) => kind.templates.some(({ scheduled }) => scheduled !== null),
  drafts: (kind) => kind.templates.some(({ drafts }) => drafts > 0),
  review: (kind) => kind.needs_review,
};

/** All kinds of documents with their templates: what is in force, what waits, what a lawyer has to look at. */
export const TemplatesList = () => {
  const t = useTranslations("staffTemplates");
  const query = useQuery(kindsQuery);
  const { get, set } = useUrlFilters(FILTERS);
  const [words, setWords] = useState("");
  const state = STATES.find((name) => name === get("state"));
  const wanted = words.trim().toLowerCase();
  const items = (query.data?.items ?? []).filter(
    (kind) =>
      (!state || HOLDS[state](kind)) &&
      (!wanted || `${kind.title} ${kind.code} ${kind.purpose}`.toLowerCase().includes(wanted)),
  );
  const clear = () => {
    setWords("");
    set({ state: "" });
  };
  const isNarrowed = Boolean(state) || wanted !== "";
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} actions={<VariablesButton code="" />} />
      <FilterBar isNarrowed={isNarrowed} onClear={clear}>
        <SearchField label={t("search")} value={words} onValue={setWords} />
        <FilterSelect
          label={t("filter.label")}
          all={t("filter.all")}
          value={state ?? ""}
          options={STATES.map((value) => ({ value, label: t(`filter.${value}`) }))}
          onValue={(value) => set({ state: value })}
        />
      </FilterBar>
      <ListFrame
        query={query}
        count={items.length}
        isNarrowed={isNarrowed}
        onClear={clear}
        empty={{ title: t("none") }}
      >
        <Rows label={t("title")} columns={COLUMNS} head={[t("kind"), t("templates")]}>
          {items.map((kind) => (
            <RowLink key={kind.code} href={`/staff/templates/${kind.code}`} columns={COLUMNS}>
              <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
                <span className="font-medium text-ink">{kind.title}</span>
                {kind.needs_review && <LawyerMark />}
              </span>
              <span className="flex flex-wrap gap-x-6 gap-y-1">
                {kind.templates.map((template) => (
                  <Template key={template.language} template={template} />
                ))}
              </span>
            </RowLink>
          ))}
        </Rows>
      </ListFrame>
    </Desk>
  );
};

const Template = ({ template }: { template: TemplateLanguage }) => {
  const t = useTranslations("staffTemplates");
  const locale = useLocale();
  const { in_force: used, scheduled } = template;
  return (
    <span className="flex w-56 flex-col items-start gap-0.5 text-sm">
      <span className="text-text">
        {t(`language.${template.language}`)}
        {used && <span className="text-muted"> · {t("edition", { number: used.version })}</span>}
      </span>
      {used?.effective_from && (
        <span className="text-muted">
          {t("since", { date: formatDate(used.effective_from, locale, "from") })}
        </span>
      )}
      {template.proposed > 0 && <Badge tone="warning">{t("waiting", { count: template.proposed })}</Badge>}
      {scheduled?.effective_from && (
        <Badge tone="info">{t("next", { date: formatDate(scheduled.effective_from, locale, "from") })}</Badge>
      )}
      {template.drafts > 0 && <Badge>{t("drafts", { count: template.drafts })}</Badge>}
    </span>
  );
};
