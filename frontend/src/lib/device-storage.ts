/** Everything that Kenes Hub leaves on a device has this beginning, so that signing out can take it all away. */
export const DEVICE_PREFIX = "kenes.draft.";

/** Files on their way to the server wait here until they are there whole. */
export const FILES_DATABASE = `${DEVICE_PREFIX}files`;

/** Storage may be forbidden; then there is nothing to forget either. */
export const forgetDevice = (): void => {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(DEVICE_PREFIX)) localStorage.removeItem(key);
    }
    indexedDB.deleteDatabase(FILES_DATABASE);
  } catch {
    return;
  }
};
