"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Badge } from "@/components/ui/badge";

import { groupAbilities } from "../ability-groups";
import type { Ability } from "../types";
import { SensitiveMark } from "./ability-picker";

interface RoleCardProps {
  name: string;
  note?: string;
  isArchived?: boolean;
  codes: readonly string[];
  catalogue: readonly Ability[];
  actions?: ReactNode;
}

/** A role that opens to what it allows. */
export const RoleCard = ({ name, note, isArchived = false, codes, catalogue, actions }: RoleCardProps) => {
  const t = useTranslations("staffRoles");
  const held = catalogue.filter(({ code }) => codes.includes(code));
  const sensitive = held.filter((ability) => ability.sensitive).length;
  return (
    <li className="rounded-card border border-line bg-surface">
      <details className="group">
        <summary className="flex min-h-14 list-none items-center gap-3 rounded-card px-4 py-2 hover:bg-primary-soft [&::-webkit-details-marker]:hidden">
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-center gap-x-2 font-medium text-ink">
              {name}
              {isArchived && <Badge className="text-xs">{t("archived")}</Badge>}
            </span>
            <span className="text-muted">
              {[
                note,
                t("abilities", { count: held.length }),
                sensitive ? t("sensitiveCount", { count: sensitive }) : "",
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </span>
          <ChevronDown
            aria-hidden
            className="size-5 shrink-0 text-muted transition-transform duration-150 group-open:rotate-180"
          />
        </summary>
        <div className="flex flex-col gap-3 border-t border-line p-4">
          {held.length === 0 && <p className="text-muted">{t("noAbilities")}</p>}
          {groupAbilities(held).map((group) => (
            <div key={group.code}>
              <h3 className="text-xs font-medium text-muted">{group.label}</h3>
              <ul className="flex flex-col">
                {group.abilities.map((ability) => (
                  <li key={ability.code} className="flex flex-wrap items-center gap-x-2 py-0.5">
                    {ability.label}
                    {ability.sensitive && <SensitiveMark />}
                  </li>
                ))}
              </ul>
            </div>
          ))}
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
      </details>
    </li>
  );
};
