import { useLocale, useTranslations } from "next-intl";

import { Facts } from "@/components/desk/facts";
import { formatDate, formatMoney } from "@/lib/format";

import type { LawChange } from "../types";

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

const inLanguage = (value: unknown, lang: string): string => {
  if (typeof value !== "object" || value === null) return "";
  return textOf(Object.entries(value).find(([key]) => key === lang)?.[1]);
};

interface Day {
  day: string;
  kind: string;
}

const daysOf = (value: unknown): Day[] =>
  Array.isArray(value)
    ? value.flatMap((row: unknown) => {
        if (typeof row !== "object" || row === null) return [];
        const entries = new Map(Object.entries(row));
        return [{ day: textOf(entries.get("day")), kind: textOf(entries.get("kind")) }];
      })
    : [];

/** What a proposal says, in words by its kind. */
export const ChangeContent = ({ change }: { change: LawChange }) => {
  const t = useTranslations("staffLaw");
  const locale = useLocale();
  const content = new Map(Object.entries(change.content));
  const day = (name: string) => formatDate(textOf(content.get(name)), locale);
  switch (change.kind) {
    case "edition":
      return (
        <Facts
          items={[
            {
              label: t("field.period"),
              value: t("since", { date: formatDate(textOf(content.get("valid_from")), locale, "from") }),
            },
            {
              label: t("field.length"),
              value: `${textOf(content.get("amount"))} · ${t(`unit.${unitOf(content.get("unit"))}`)}`,
            },
            { label: t("field.extension"), value: textOf(content.get("extension_amount")) },
            { label: t("field.reminders"), value: numbers(content.get("remind_at")) },
            {
              label: t("field.running"),
              value: t(content.get("for_running") === false ? "forNew" : "forRunning"),
            },
            { label: t("field.explanation"), value: inLanguage(content.get("explanation"), locale) },
          ]}
        />
      );
    case "close":
      return <Facts items={[{ label: t("field.ends"), value: day("valid_to") }]} />;
    case "index":
      return (
        <Facts
          items={[
            { label: t("figure.name"), value: t(`index.${codeOf(content.get("code"))}`) },
            { label: t("figure.value"), value: formatMoney(Number(content.get("value_tiyn") ?? 0)) },
            { label: t("figure.from"), value: day("valid_from") },
            { label: t("field.sources"), value: textOf(content.get("source")) },
          ]}
        />
      );
    case "calendar":
      return (
        <ul className="flex flex-col gap-1">
          {daysOf(content.get("days")).map((row) => (
            <li key={row.day}>
              {formatDate(row.day, locale)} — {t(`dayKind.${kindOf(row.kind)}`)}
            </li>
          ))}
        </ul>
      );
  }
};

const numbers = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : "");

const UNITS = ["CD", "WD", "M", "Y", "MIN"] as const;
const unitOf = (value: unknown) => UNITS.find((unit) => unit === value) ?? "CD";

const CODES = ["MCI", "MIN_WAGE", "SUBSISTENCE_MINIMUM"] as const;
const codeOf = (value: unknown) => CODES.find((code) => code === value) ?? "MCI";

const KINDS = ["day_off", "workday", "plain"] as const;
const kindOf = (value: unknown) => KINDS.find((kind) => kind === value) ?? "plain";
