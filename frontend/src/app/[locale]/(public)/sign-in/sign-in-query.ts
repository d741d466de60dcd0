import { safeNextAddress } from "@/lib/next-address";

type Value = string | string[] | undefined;

export interface SignInQuery {
  next?: Value;
  outside?: Value;
  error?: Value;
  second_step?: Value;
}

/** The browser has just come back from an outside provider. */
export interface OutsideAnswer {
  error: string | null;
  /** It went well there, and the second step here is still to come. */
  secondStep: boolean;
}

const text = (value: Value): string | null => (typeof value === "string" ? value : null);

/** Where to go after signing in, and what an outside provider answered, if the browser was there. */
export const readSignInQuery = (
  query: SignInQuery,
): { next: string | null; outside: OutsideAnswer | null } => ({
  next: safeNextAddress(text(query.next)),
  outside:
    query.outside === undefined && query.error === undefined
      ? null
      : { error: text(query.error), secondStep: query.second_step !== undefined },
});
