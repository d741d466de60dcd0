"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, BookmarkPlus, Star, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { cn } from "@/lib/cn";

import type { CaseFilters, ListLayout } from "../../filters";
import { useRemoveView, useSetPreference } from "../../list-mutations";
import { viewHeadQuery } from "../../list-queries";
import { Popover } from "../popover";
import { ViewDialog } from "./view-dialog";

interface ViewMenuProps {
  filters: CaseFilters;
  layout: ListLayout;
  current: string | undefined;
  tabs: readonly { id: string; name: string }[];
}

const iconButton =
  "flex size-9 shrink-0 items-center justify-center rounded-field text-muted hover:bg-primary-soft hover:text-ink disabled:opacity-40";

/** Saves what is on the screen as a view; puts views in order, says which opens first, takes own ones away. */
export const ViewMenu = ({ filters, layout, current, tabs }: ViewMenuProps) => {
  const t = useTranslations("caseList.view");
  const { data: head } = useQuery(viewHeadQuery);
  const prefer = useSetPreference();
  const remove = useRemoveView();
  const [isSaving, setSaving] = useState(false);
  if (!head) return null;
  const swap = (index: number, to: number) => {
    const order = tabs.map((tab) => tab.id);
    const [moved] = order.splice(index, 1);
    if (moved) order.splice(to, 0, moved);
    prefer.mutate({ order });
  };
  const savedOf = (id: string) => head.items.find((view) => view.id === id);
  return (
    <>
      <Popover
        name={t("menu")}
        align="end"
        triggerClassName="inline-flex min-h-11 shrink-0 items-center gap-1.5 rounded-field px-2.5 text-sm text-primary hover:bg-primary-soft sm:min-h-9"
        label={
          <>
            <BookmarkPlus aria-hidden className="size-4" />
            <span className="max-lg:sr-only">{t("menu")}</span>
          </>
        }
      >
        {(close) => (
          <div className="flex flex-col gap-1">
            <button
              type="button"
              onClick={() => {
                close();
                setSaving(true);
              }}
              className="min-h-11 rounded-field px-2 text-left font-medium text-primary hover:bg-primary-soft sm:min-h-9"
            >
              {t("save")}
            </button>
            <ul className="flex flex-col border-t border-line pt-1">
              {tabs.map((tab, index) => {
                const saved = savedOf(tab.id);
                const isFirst = head.preference.default_view === tab.id;
                return (
                  <li key={tab.id} className="flex items-center">
                    <span className="min-w-0 flex-1 px-2">
                      <span className="block truncate">{tab.name}</span>
                      {saved && saved.scope !== "own" && (
                        <span className="block truncate text-xs text-muted">
                          {t("by", { name: saved.owner.full_name })}
                        </span>
                      )}
                    </span>
                    <button
                      type="button"
                      aria-pressed={isFirst}
                      title={t("first")}
                      aria-label={t("firstOne", { name: tab.name })}
                      onClick={() => prefer.mutate({ default_view: isFirst ? "" : tab.id })}
                      className={cn(iconButton, isFirst && "text-primary")}
                    >
                      <Star aria-hidden className={cn("size-4", isFirst && "fill-current")} />
                    </button>
                    <button
                      type="button"
                      aria-label={t("up", { name: tab.name })}
                      disabled={index === 0}
                      onClick={() => swap(index, index - 1)}
                      className={iconButton}
                    >
                      <ArrowUp aria-hidden className="size-4" />
                    </button>
                    <button
                      type="button"
                      aria-label={t("down", { name: tab.name })}
                      disabled={index === tabs.length - 1}
                      onClick={() => swap(index, index + 1)}
                      className={iconButton}
                    >
                      <ArrowDown aria-hidden className="size-4" />
                    </button>
                    {saved?.may_edit && (
                      <button
                        type="button"
                        aria-label={t("remove", { name: tab.name })}
                        onClick={() => remove.mutate(tab.id)}
                        className={iconButton}
                      >
                        <Trash2 aria-hidden className="size-4" />
                      </button>
                    )}
                  </li>
                );
              })}
            </ul>
          </div>
        )}
      </Popover>
      {isSaving && (
        <ViewDialog
          head={head}
          filters={filters}
          layout={layout}
          current={head.items.find((view) => view.id === current && view.may_edit)}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
};
