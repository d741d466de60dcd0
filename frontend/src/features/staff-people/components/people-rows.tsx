"use client";

import { ShieldCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { RowLink, Rows } from "@/components/desk/rows";
import { formatDate } from "@/lib/format";

import type { PersonRow } from "../types";
import { PersonStatusBadge } from "./person-status";

const COLUMNS = "md:grid-cols-[minmax(0,1.5fr)_minmax(0,1.3fr)_minmax(0,1fr)_8rem]";

const Contact = ({ person }: { person: PersonRow }) => (
  <span className="flex min-w-0 flex-col text-text">
    {person.email && <span className="truncate">{person.email}</span>}
    {person.masked_phone && <span className="whitespace-nowrap text-muted">{person.masked_phone}</span>}
  </span>
);

/** People as rows; ИИН and the whole phone number are never in a list. */
export const PeopleRows = ({ people }: { people: readonly PersonRow[] }) => {
  const t = useTranslations("staffPeople");
  const locale = useLocale();
  return (
    <Rows
      label={t("title")}
      columns={COLUMNS}
      head={[t("column.person"), t("column.roles"), t("column.contact"), t("column.seen")]}
    >
      {people.map((person) => {
        const roles = [
          ...person.roles.map((role) => role.label),
          ...person.custom_roles.map((role) => role.name),
        ];
        return (
          <RowLink key={person.id} href={`/staff/people/${person.id}`} columns={COLUMNS}>
            <span className="flex min-w-0 flex-col items-start gap-1">
              <span className="text-base font-medium text-ink md:text-sm">
                {person.full_name || t("noName")}
              </span>
              {person.status !== "active" && <PersonStatusBadge status={person.status} />}
              {person.has_second_factor && (
                <span className="inline-flex items-center gap-1 text-xs text-success">
                  <ShieldCheck aria-hidden className="size-4" />
                  {t("twoSteps")}
                </span>
              )}
            </span>
            <span className="flex min-w-0 flex-col">
              <span className="text-ink">{roles.join(", ") || t("noRoles")}</span>
              {person.organisations.length > 0 && (
                <span className="text-muted">{person.organisations.map(({ name }) => name).join(", ")}</span>
              )}
            </span>
            <Contact person={person} />
            <span className="text-muted">
              <span className="md:hidden">{t("column.seen")}: </span>
              {person.last_seen_at ? formatDate(person.last_seen_at, locale) : t("neverSeen")}
            </span>
          </RowLink>
        );
      })}
    </Rows>
  );
};
