import { safeNextAddress } from "@/lib/next-address";

type Value = string | string[] | undefined;

export interface SignInQuery {
  next?: Value;
  outside?: Value;
  error?: Value;
}

const text = (value: Value): string | null => (typeof value === "string" ? value : null);

/** Where to go after signing in, and whether the browser has just come back from an outside provider. */
export const readSignInQuery = ({ next, outside, error }: SignInQuery) => ({
  next: safeNextAddress(text(next)),
  outside: outside === undefined && error === undefined ? null : { error: text(error) },
});
