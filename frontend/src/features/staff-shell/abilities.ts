import type { SessionUser } from "@/api/types";

/** What this person may do, as the session says; nothing while nobody is known. */
export const abilitiesOf = (user: SessionUser | null | undefined): readonly string[] => user?.abilities ?? [];

/** Staff whose second factor is missing: their rights wait until it is set up. */
export const isHeldBack = (user: SessionUser): boolean => user.held_back === "second_factor";
