const KEPT = "kenes.join";

const kept = (): string | null => {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
};

/**
 * The token of the link. It stands behind `#`, so no server sees it; from the address bar it goes into this tab's memory,
 * where it outlives a reload and signing in.
 */
export const takeOfferToken = (): string | null => {
  const token = window.location.hash.slice(1);
  if (token === "") return kept();
  try {
    sessionStorage.setItem(KEPT, token);
  } catch {
    return token;
  }
  window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  return token;
};

export const forgetOfferToken = (): void => {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    return;
  }
};
