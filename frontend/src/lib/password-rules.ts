/** What can be said of a new password without the server, as AUTH_PASSWORD_VALIDATORS have it. */
export const SHORTEST_PASSWORD = 10;

export type PasswordFault = "missing" | "short" | "digits";

export const passwordFaults = (typed: string): PasswordFault[] => {
  if (typed === "") return ["missing"];
  const faults: PasswordFault[] = [];
  if ([...typed].length < SHORTEST_PASSWORD) faults.push("short");
  if (/^\d+$/.test(typed)) faults.push("digits");
  return faults;
};
