import type { components } from "@/api/schema";
import { parseTypedDate, toTypedDate } from "@/lib/dates";
import { parseTypedMoney, tiynToTyped } from "@/lib/money";

import { assetsToTyped, assetsToValue } from "./assets";

type Schemas = components["schemas"];
export type StoryDetail = Schemas["CaseStoryDetail"];

type Kind =
  "text" | "long" | "money" | "date" | "number" | "rate" | "flag" | "hardship" | "reliefs" | "assets";

interface FieldSpec {
  /** As the API names it: `address`, `income/dependents`. */
  name: StoryField;
  kind: Kind;
}

/** Fields of the story that are corrected here, in the order of the form. */
export const STORY_FIELDS = [
  { name: "address", kind: "text" },
  { name: "email", kind: "text" },
  { name: "income/source", kind: "text" },
  { name: "income/monthly_now_tiyn", kind: "money" },
  { name: "income/monthly_before_tiyn", kind: "money" },
  { name: "income/avg12_tiyn", kind: "money" },
  { name: "income/avg2_tiyn", kind: "money" },
  { name: "income/dependents", kind: "number" },
  { name: "income/disabled_dependents", kind: "number" },
  { name: "income/targeted_social_aid", kind: "flag" },
  { name: "assets", kind: "assets" },
  { name: "hardship/code", kind: "hardship" },
  { name: "hardship/since", kind: "date" },
  { name: "hardship/text", kind: "long" },
  { name: "relief/kinds", kind: "reliefs" },
  { name: "relief/defer_months", kind: "number" },
  { name: "relief/new_term_months", kind: "number" },
  { name: "relief/new_rate_percent", kind: "rate" },
  { name: "relief/new_payment_tiyn", kind: "money" },
  { name: "relief/comment", kind: "long" },
] as const satisfies readonly { name: string; kind: Kind }[];

/** How the fields stand together on the page. */
export const STORY_PARTS = ["contact", "income", "assets", "hardship", "relief"] as const;
export type StoryPart = (typeof STORY_PARTS)[number];

export const partOf = (name: StoryField): StoryPart => {
  const section = name.split("/")[0];
  return STORY_PARTS.find((part) => part === section) ?? "contact";
};

export type StoryField = (typeof STORY_FIELDS)[number]["name"];
/** What stands in the fields: text as typed, "yes" or "" for a mark, codes with commas, property as `writeAssets` has it. */
export type Typed = Readonly<Record<StoryField, string>>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

export const codesOf = (typed: string): string[] => typed.split(",").filter((code) => code !== "");

/** The value at an address of the story, whatever it is. */
export const valueAt = (story: unknown, name: string): unknown =>
  name.split("/").reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), story);

const typedOf = ({ kind }: FieldSpec, value: unknown): string => {
  if (kind === "flag") return value === true ? "yes" : "";
  if (kind === "assets") return assetsToTyped(value);
  if (kind === "reliefs") return Array.isArray(value) ? value.join(",") : "";
  if (value === null || value === undefined || value === "") return "";
  if (kind === "money") return tiynToTyped(Number(value));
  if (kind === "date") return toTypedDate(String(value));
  return String(value);
};

/** A story as it stands in the fields of the form. */
export const toTyped = (story: unknown): Typed => {
  const entries = STORY_FIELDS.map((field) => [field.name, typedOf(field, valueAt(story, field.name))]);
  const typed: Typed = Object.fromEntries(entries);
  return typed;
};

/** Empty where nothing was typed; what cannot be read goes as it is, for the server to name the field. */
const toValue = ({ kind }: FieldSpec, typed: string): unknown => {
  if (kind === "flag") return typed === "yes";
  if (kind === "assets") return assetsToValue(typed);
  if (kind === "reliefs") return codesOf(typed);
  if (typed.trim() === "") return kind === "text" || kind === "long" ? "" : null;
  if (kind === "money") return parseTypedMoney(typed) ?? typed;
  if (kind === "date") return parseTypedDate(typed) ?? typed;
  if (kind === "rate") return typed.replace("%", "").trim().replace(",", ".");
  if (kind === "number") return /^\d+$/.test(typed.trim()) ? Number(typed) : typed;
  return typed;
};

/** Names of the fields that were changed from what was seen. */
export const changedOf = (seen: Typed, typed: Typed): StoryField[] =>
  STORY_FIELDS.map(({ name }) => name).filter((name) => seen[name] !== typed[name]);

/** Only the changed fields, in the sections of the API: all that is not named stays. */
export const toPatch = (seen: Typed, typed: Typed): Record<string, unknown> => {
  const patch: Record<string, unknown> = {};
  const changed = new Set<string>(changedOf(seen, typed));
  for (const field of STORY_FIELDS.filter(({ name }) => changed.has(name))) {
    const [section, key] = field.name.split("/");
    const value = toValue(field, typed[field.name]);
    if (!section) continue;
    if (key === undefined) patch[section] = value;
    else patch[section] = { ...(isRecord(patch[section]) ? patch[section] : {}), [key]: value };
  }
  return patch;
};

export interface Meeting {
  name: StoryField;
  mine: string;
  theirs: string;
}

/** Fields that both have changed, to different values: somebody has to choose. The others need nobody. */
export const meetingsOf = (seen: Typed, mine: Typed, theirs: Typed): Meeting[] =>
  changedOf(seen, mine)
    .filter((name) => theirs[name] !== seen[name] && theirs[name] !== mine[name])
    .map((name) => ({ name, mine: mine[name], theirs: theirs[name] }));

/** What stands in the form after a choice: mine where I changed or chose so, theirs everywhere else. */
export const mergedOf = (
  seen: Typed,
  mine: Typed,
  theirs: Typed,
  choices: Readonly<Partial<Record<StoryField, "mine" | "theirs">>>,
): Typed => {
  const changed = new Set<StoryField>(changedOf(seen, mine));
  const entries = STORY_FIELDS.map(({ name }) => [
    name,
    changed.has(name) && choices[name] !== "theirs" ? mine[name] : theirs[name],
  ]);
  const merged: Typed = Object.fromEntries(entries);
  return merged;
};
