/** Stands in for Next's router in screen tests: addresses live in jsdom's own history. */
import { useMemo, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

for (const method of ["pushState", "replaceState"] as const) {
  const original = window.history[method].bind(window.history);
  window.history[method] = (...args: Parameters<History["pushState"]>) => {
    original(...args);
    tell();
  };
}
window.addEventListener("popstate", tell);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const useLocationPart = (read: () => string) => useSyncExternalStore(subscribe, read, read);

export const useSearchParams = () => {
  const search = useLocationPart(() => window.location.search);
  return useMemo(() => new URLSearchParams(search), [search]);
};

export const usePathname = () => useLocationPart(() => window.location.pathname);

export const useParams = () => ({ locale: "ru" });

const router = {
  push: (href: string) => window.history.pushState(null, "", href),
  replace: (href: string) => window.history.replaceState(null, "", href),
  prefetch: () => undefined,
  refresh: () => undefined,
  back: () => window.history.back(),
  forward: () => window.history.forward(),
};

export const useRouter = () => router;

export const redirect = (href: string) => router.replace(href);
export const permanentRedirect = redirect;
export const notFound = () => {
  throw new Error("not found");
};
