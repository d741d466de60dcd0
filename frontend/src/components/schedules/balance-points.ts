import type { Plan } from "./types";

export interface Point {
  month: number;
  balance: number;
}

const monthOf = (iso: string): number => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;

/** Principal left over the months from `start` (ISO day); begins with everything that is to be repaid. */
export const balancePoints = (plan: Plan, start: string): Point[] => {
  const begin = monthOf(start);
  const whole = plan.rows.reduce((sum, row) => sum + row.principal_tiyn, 0);
  return [
    { month: 0, balance: whole },
    ...plan.rows.map((row) => ({
      month: Math.max(0, monthOf(row.due) - begin),
      balance: row.balance_tiyn,
    })),
  ];
};

/** Round steps for an axis of `months`, at most `most` of them: years where there are years, else quarters or months. */
export const monthTicks = (months: number, most = 6): number[] => {
  const step =
    [1, 3, 6, 12, 24, 60, 120, 240].find((size) => months / size <= Math.max(2, Math.min(most, 8))) ?? 240;
  return Array.from({ length: Math.floor(months / step) + 1 }, (_, index) => index * step);
};
