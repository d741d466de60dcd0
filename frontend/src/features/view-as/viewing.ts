import type { Session } from "@/api/types";

export interface Viewing {
  id: string;
  person_name: string;
  staff_name: string;
  reason: string;
  expires_at: string;
}

/** Through whose eyes the application is seen now, if not through one's own. */
export const viewingOf = (session: (Session & { viewing?: Viewing | null }) | undefined): Viewing | null =>
  session?.viewing ?? null;
