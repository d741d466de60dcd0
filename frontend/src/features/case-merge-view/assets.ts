import { parseTypedMoney, tiynToTyped } from "@/lib/money";

/** One thing that the borrower owns, as it is typed. */
export interface AssetRow {
  kind: string;
  value: string;
  pledged: boolean;
}

export const EMPTY_ASSET: AssetRow = { kind: "", value: "", pledged: false };
export const MAX_ASSETS = 50;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** All rows as one text, so that they are compared and merged like any other field. */
export const writeAssets = (rows: readonly AssetRow[]): string =>
  rows.length === 0 ? "" : JSON.stringify(rows.map(({ kind, value, pledged }) => ({ kind, value, pledged })));

export const readAssets = (typed: string): AssetRow[] => {
  if (typed === "") return [];
  const rows: unknown = JSON.parse(typed);
  return (Array.isArray(rows) ? rows : []).filter(isRecord).map((row) => ({
    kind: String(row.kind),
    value: String(row.value),
    pledged: row.pledged === true,
  }));
};

export const assetsToTyped = (assets: unknown): string =>
  writeAssets(
    (Array.isArray(assets) ? assets : []).filter(isRecord).map((asset) => ({
      kind: String(asset.kind),
      value: tiynToTyped(Number(asset.value_tiyn)),
      pledged: asset.pledged === true,
    })),
  );

/** As the API takes it; what cannot be read goes as it is, for the server to name the field. A row without a word is none. */
export const assetsToValue = (typed: string): unknown[] =>
  readAssets(typed)
    .filter(({ kind, value }) => kind.trim() !== "" || value.trim() !== "")
    .map(({ kind, value, pledged }) => ({
      kind: kind.trim(),
      value_tiyn: parseTypedMoney(value) ?? value,
      pledged,
    }));
