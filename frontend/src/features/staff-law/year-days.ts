/** Days of a month as ISO text. */
export const daysOfMonth = (year: number, month: number): string[] => {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from(
    { length: count },
    (_, index) => `${year}-${String(month).padStart(2, "0")}-${String(index + 1).padStart(2, "0")}`,
  );
};

/** 1 is Monday. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

export type Mark = "day_off" | "workday" | undefined;

/** Whether nobody works that day, by the row of the calendar or by the day of the week. */
export const isOff = (day: string, mark: Mark): boolean =>
  mark === "day_off" || (mark === undefined && weekdayOf(day) > 5);

/** What a press proposes for a day: the other way round, and back again. */
export const turned = (
  day: string,
  mark: Mark,
  proposed: string | undefined,
): "day_off" | "workday" | undefined =>
  proposed === undefined ? (isOff(day, mark) ? "workday" : "day_off") : undefined;
