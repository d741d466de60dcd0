import type { PreviousUpload, UrlStorage } from "tus-js-client";
import * as z from "zod/mini";

import { DEVICE_PREFIX } from "@/lib/device-storage";

const PREFIX = `${DEVICE_PREFIX}upload.`;
const entryShape = z.object({ size: z.number(), url: z.string(), at: z.number() });

const read = (key: string): PreviousUpload | null => {
  try {
    const entry = entryShape.parse(JSON.parse(localStorage.getItem(key) ?? "null"));
    return {
      size: entry.size,
      metadata: {},
      creationTime: new Date(entry.at).toString(),
      urlStorageKey: key,
      uploadUrl: entry.url,
      parallelUploadUrls: null,
    };
  } catch {
    return null;
  }
};

const entries = (begin: string): PreviousUpload[] => {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(begin))
      .map(read)
      .filter((entry) => entry !== null);
  } catch {
    return [];
  }
};

/** Addresses of uploads that have begun. Names of files are not kept here, and signing out takes all of it away. */
export const deviceAddresses: UrlStorage = {
  findAllUploads: () => Promise.resolve(entries(PREFIX)),
  findUploadsByFingerprint: (fingerprint) => Promise.resolve(entries(`${PREFIX}${fingerprint}`)),
  removeUpload: (key) => {
    try {
      localStorage.removeItem(key);
    } catch {
      // Forbidden storage holds nothing to remove.
    }
    return Promise.resolve();
  },
  addUpload: (fingerprint, upload) => {
    const key = `${PREFIX}${fingerprint}`;
    try {
      localStorage.setItem(key, JSON.stringify({ size: upload.size, url: upload.uploadUrl, at: Date.now() }));
    } catch {
      // Without storage the upload still goes on after a cut line, only not after a reload.
    }
    return Promise.resolve(key);
  },
};

export const forgetAddress = (mark: string): void => void deviceAddresses.removeUpload(`${PREFIX}${mark}`);

/** A short mark of a file at a place; says nothing of the file's name to whoever reads the storage. */
export const markOf = (
  place: string,
  file: { name: string; size: number; lastModified?: number },
): string => {
  const text = [place, file.name, file.size, file.lastModified ?? 0].join("\u0000");
  // cyrb53, a public-domain hash: collisions of two files of one person are out of reach, secrecy is not its task.
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
};
