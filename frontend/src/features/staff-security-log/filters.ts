import type { Query } from "@/lib/api-client";

export interface LogFilters {
  type: string;
  /** Ids, never names: addresses are written to logs. */
  actor: string;
  person: string;
  /** ISO days of Almaty, both included. */
  since: string;
  until: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const matching = (shape: RegExp, value: string) => (shape.test(value) ? value : "");

/** Reads the address; what it does not know is left out, so that an old link still opens. */
export const readLogFilters = (get: (name: keyof LogFilters) => string): LogFilters => ({
  type: get("type"),
  actor: matching(UUID, get("actor")),
  person: matching(UUID, get("person")),
  since: matching(DAY, get("since")),
  until: matching(DAY, get("until")),
});

const dayAfter = (day: string): string => {
  const moment = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return day;
  moment.setUTCDate(moment.getUTCDate() + 1);
  return moment.toISOString().slice(0, 10);
};

/** Days begin at midnight in Almaty; the server takes moments, the last one not included. */
export const toApiQuery = ({ type, actor, person, since, until }: LogFilters) =>
  ({
    type,
    actor_id: actor,
    person_id: person,
    since: since ? `${since}T00:00:00+05:00` : "",
    until: until ? `${dayAfter(until)}T00:00:00+05:00` : "",
  }) satisfies Query;
