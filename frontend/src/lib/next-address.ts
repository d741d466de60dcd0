const ORIGIN = "http://kenes.invalid";

/** Where to go after signing in: only a path of our own, never an address of somebody else. */
export const safeNextAddress = (value: string | null | undefined): string | null => {
  if (!value?.startsWith("/")) return null;
  const url = new URL(value, ORIGIN);
  return url.origin === ORIGIN ? `${url.pathname}${url.search}` : null;
};
