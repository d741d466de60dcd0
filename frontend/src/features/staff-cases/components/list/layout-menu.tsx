"use client";

import { Columns3, LayoutList } from "lucide-react";
import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { codeIn } from "@/lib/story-codes";

import { type ColumnName, COLUMNS } from "../../codes";
import { LAYOUTS, type ListLayout } from "../../filters";
import { useSetPreference } from "../../list-mutations";
import { Popover } from "../popover";
import { ManyChoices, OneChoice } from "./chip-choices";

const trigger =
  "inline-flex min-h-11 items-center gap-1.5 rounded-field px-2.5 text-sm text-text hover:bg-primary-soft sm:min-h-9";

interface LayoutMenuProps {
  layout: ListLayout;
  columns: readonly ColumnName[];
  onLayout: (layout: ListLayout) => void;
}

/** List or board, and which columns the list has; both are kept for this person. */
export const LayoutMenu = ({ layout, columns, onLayout }: LayoutMenuProps) => {
  const t = useTranslations("caseList");
  const prefer = useSetPreference();
  return (
    <>
      <Popover
        name={t("layout.name")}
        align="end"
        triggerClassName={trigger}
        label={
          <>
            <LayoutList aria-hidden className="size-4 text-muted" />
            <span className="max-xl:sr-only">{t(`layout.${layout}`)}</span>
          </>
        }
      >
        {(close) => (
          <OneChoice
            choices={LAYOUTS.map((value) => ({ value, label: t(`layout.${value}`) }))}
            value={layout}
            onValue={(value) => {
              const next = codeIn(LAYOUTS, value) ?? "list";
              prefer.mutate({ layout: next });
              onLayout(next);
              close();
            }}
          />
        )}
      </Popover>
      <div className={cn("hidden md:block", layout !== "list" && "md:hidden")}>
        <Popover
          name={t("column.menu")}
          align="end"
          triggerClassName={trigger}
          label={
            <>
              <Columns3 aria-hidden className="size-4 text-muted" />
              <span className="max-xl:sr-only">{t("column.menu")}</span>
            </>
          }
        >
          {() => (
            <ManyChoices
              choices={COLUMNS.map((value) => ({ value, label: t(`column.${value}`) }))}
              values={columns}
              onValues={(values) => {
                if (values.length > 0) prefer.mutate({ columns: values });
              }}
            />
          )}
        </Popover>
      </div>
    </>
  );
};
