/** The day and the time of an instant on the Almaty clock, which is five hours ahead all year. */
export const almaty = (iso: string): { day: string; time: string } => {
  const shifted = new Date(new Date(iso).getTime() + 5 * 3_600_000).toISOString();
  return { day: shifted.slice(0, 10), time: shifted.slice(11, 16) };
};

export const startOfDay = (day: string): string => `${day}T00:00:00+05:00`;

/** The instant at which a day is over. */
export const endOfDay = (day: string): string => {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return startOfDay(next.toISOString().slice(0, 10));
};

/** The last whole day of an absence that ends at an instant: one that ends at midnight ends with the day before. */
export const lastDay = (endsAt: string): string =>
  almaty(new Date(new Date(endsAt).getTime() - 1).toISOString()).day;
