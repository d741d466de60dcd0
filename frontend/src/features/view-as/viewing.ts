import type { Session } from "@/api/types";

/** Through whose eyes the application is seen now, for how long and why. */
export type Viewing = NonNullable<Session["viewing"]>;
