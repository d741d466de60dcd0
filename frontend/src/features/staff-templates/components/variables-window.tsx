"use client";

import { useQuery } from "@tanstack/react-query";
import { Braces, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { SearchField } from "@/components/desk/search-field";
import { Tabs } from "@/components/desk/tabs";
import { Button } from "@/components/ui/button";
import { FullDialog } from "@/components/ui/full-dialog";
import { useToast } from "@/components/ui/toast";
import { copyText } from "@/lib/copy-text";

import { variablesQuery } from "../queries";
import type { Variable, VariableList } from "../types";

const TYPES = [
  "text",
  "money",
  "date",
  "name",
  "organisation",
  "months",
  "percent",
  "choice",
  "yes_no",
  "number",
] as const;

/** Opens the catalogue of what a template may name; with a kind also what is asked for it. */
export const VariablesButton = ({ code }: { code: string }) => {
  const t = useTranslations("staffTemplates.variables");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" size="dense" className="max-sm:min-h-11" onClick={() => setOpen(true)}>
        <Braces aria-hidden className="size-4" />
        {t("button")}
      </Button>
      {isOpen && (
        <FullDialog title={t("title")} shape="panel" onClose={() => setOpen(false)}>
          <Catalogue code={code} />
        </FullDialog>
      )}
    </>
  );
};

const holds = (words: string, ...texts: readonly string[]) => {
  const whole = texts.join(" ").toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word));
};

const Catalogue = ({ code }: { code: string }) => {
  const t = useTranslations("staffTemplates.variables");
  const [words, setWords] = useState("");
  const [part, setPart] = useState("values");
  const query = useQuery(variablesQuery(code));
  const values = (query.data?.items ?? []).filter((one) =>
    holds(words, one.path, one.group, one.description, one.tag),
  );
  const filters = (query.data?.filters ?? []).filter((one) => holds(words, one.name, one.description));
  const groups = [...new Set(values.map(({ group }) => group))];
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
      <SearchField label={t("search")} value={words} onValue={setWords} />
      <Tabs
        label={t("title")}
        value={part}
        tabs={[
          { value: "values", label: t("values", { count: values.length }) },
          { value: "filters", label: t("filters", { count: filters.length }) },
        ]}
        onValue={setPart}
      />
      <ListFrame
        query={query}
        count={part === "values" ? values.length : filters.length}
        isNarrowed={words !== ""}
        onClear={() => setWords("")}
        empty={{ title: t("none") }}
      >
        {part === "filters" ? (
          <ul className="flex flex-col divide-y divide-line">
            {filters.map((filter) => (
              <FilterItem key={filter.name} filter={filter} />
            ))}
          </ul>
        ) : (
          groups.map((group) => (
            <section key={group} className="flex flex-col gap-1">
              <h3 className="font-semibold text-ink">{group}</h3>
              <ul className="flex flex-col divide-y divide-line">
                {values
                  .filter((one) => one.group === group)
                  .map((one) => (
                    <ValueItem key={one.path} value={one} />
                  ))}
              </ul>
            </section>
          ))
        )}
      </ListFrame>
    </div>
  );
};

const Tag = ({ text }: { text: string }) => {
  const t = useTranslations("staffTemplates.variables");
  const toast = useToast();
  const copy = async () => {
    const isDone = await copyText(text);
    toast.show(isDone ? "success" : "danger", t(isDone ? "copied" : "copyFailed"));
  };
  return (
    <button
      type="button"
      onClick={() => void copy()}
      className="inline-flex min-h-9 max-w-full items-center gap-2 self-start rounded-field bg-canvas px-2 py-1 text-left text-sm text-ink hover:bg-primary-soft max-sm:min-h-11"
    >
      <span className="sr-only">{t("copy")}</span>
      <code className="min-w-0 break-all">{text}</code>
      <Copy aria-hidden className="size-4 shrink-0 text-primary" />
    </button>
  );
};

const ValueItem = ({ value }: { value: Variable }) => {
  const t = useTranslations("staffTemplates.variables");
  return (
    <li className="flex flex-col gap-1 py-2.5">
      <p className="text-ink">
        {value.description}
        <span className="text-muted">
          {" "}
          ·{" "}
          {TYPES.filter((type) => value.types.includes(type))
            .map((type) => t(`type.${type}`))
            .join(", ")}
        </span>
      </p>
      <Tag text={value.tag} />
      {value.sample && <p className="text-sm text-muted">{t("sample", { sample: value.sample })}</p>}
      {value.optional && <p className="text-sm text-muted">{t("optional")}</p>}
      {value.filters.length > 0 && (
        <p className="text-sm text-muted">{t("with", { filters: value.filters.join(", ") })}</p>
      )}
    </li>
  );
};

const FilterItem = ({ filter }: { filter: VariableList["filters"][number] }) => (
  <li className="flex flex-col gap-1 py-2.5">
    <p className="text-ink">
      <code>{filter.name}</code> <span className="text-muted">· {filter.description}</span>
    </p>
    <Tag text={filter.example} />
    <p className="text-sm text-muted">→ {filter.result}</p>
  </li>
);
