import type { InvitationInput } from "./mutations";

const CUSTOM = "custom:";
const BUILT_IN = "role:";

export const builtInValue = (code: string) => `${BUILT_IN}${code}`;
export const customValue = (id: string) => `${CUSTOM}${id}`;

const startingWith = (values: readonly string[], prefix: string) =>
  values.filter((value) => value.startsWith(prefix)).map((value) => value.slice(prefix.length));

/** Splits the one list of the window into the two of the API. */
export const splitRoles = (
  values: readonly string[],
): Pick<InvitationInput, "roles" | "custom_role_ids"> => ({
  roles: startingWith(values, BUILT_IN),
  custom_role_ids: startingWith(values, CUSTOM),
});
