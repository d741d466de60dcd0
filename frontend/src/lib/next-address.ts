const ORIGIN = "http://kenes.invalid";

/** Where to go after signing in: only a path of our own, never an address of somebody else. */
export const safeNextAddress = (value: string | null | undefined): string | null => {
  if (!value?.startsWith("/")) return null;
  const url = new URL(value, ORIGIN);
  return url.origin === ORIGIN ? `${url.pathname}${url.search}` : null;
};

/** Addresses of the API on this host: the browser has to open them itself, they are no pages of ours. */
const isOutsidePages = (address: string): boolean => address.startsWith("/identity/");

/** Goes on to an address from `safeNextAddress`, with or without a language in front. */
export const goOn = (address: string, replace: (href: string) => void): void => {
  if (isOutsidePages(address)) window.location.assign(address);
  else replace(address.replace(/^\/(?:ru|kk|en)(?=\/|\?|$)/, "") || "/");
};
