import { FILES_DATABASE } from "@/lib/device-storage";

const STORE = "waiting";
/** The server forgets unfinished uploads sooner; nobody wants papers to lie on a device for ever. */
const KEPT_MS = 3 * 24 * 60 * 60 * 1000;

/** A file or a shot on its way, kept on this device until the server has it whole: a reload loses nothing. */
export interface KeptFile<Extra = unknown> {
  id: string;
  /** The person and the place it is meant for; nobody else on this device is shown it. */
  place: string;
  blob: Blob;
  name: string;
  addedAt: number;
  extra: Extra;
}

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The device keeps no files."));
  });

const open = (): Promise<IDBDatabase> => {
  const request = indexedDB.open(FILES_DATABASE, 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore(STORE, { keyPath: "id" });
    store.createIndex("place", "place");
    store.createIndex("addedAt", "addedAt");
  };
  return answered(request);
};

const inStore = async <T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> => {
  const database = await open();
  try {
    return await answered(work(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
};

/** False where the browser keeps nothing (a private window): the page then warns before it is left. */
export const keepFile = async (file: KeptFile): Promise<boolean> => {
  try {
    await inStore("readwrite", (store) => store.put(file));
    return true;
  } catch {
    return false;
  }
};

const forgetOld = async (): Promise<void> => {
  const old = IDBKeyRange.upperBound(Date.now() - KEPT_MS);
  const ids = await inStore("readonly", (store) => store.index("addedAt").getAllKeys(old));
  for (const id of ids) await inStore("readwrite", (store) => store.delete(id));
};

/** Files of a place, oldest first; whatever has waited for three days is dropped on the way. */
export const keptFiles = async <Extra>(place: string): Promise<KeptFile<Extra>[]> => {
  try {
    await forgetOld();
    const found: KeptFile<Extra>[] = await inStore("readonly", (store) => store.index("place").getAll(place));
    return found.sort((a, b) => a.addedAt - b.addedAt);
  } catch {
    return [];
  }
};

export const forgetFile = async (id: string): Promise<void> => {
  try {
    await inStore("readwrite", (store) => store.delete(id));
  } catch {
    return;
  }
};
