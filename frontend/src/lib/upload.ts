import { apiUrl, csrfToken, newKey, proven } from "@/lib/api-client";
import { toLocale } from "@/lib/i18n/locales";
import { Problem } from "@/lib/problem";

interface UploadOptions {
  method?: "POST" | "PUT";
  /** The share that has left this device, 0 to 100. */
  onProgress?: (percent: number) => void;
  idempotencyKey?: string;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text || "null");
  } catch {
    return null;
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** `fetch` cannot tell how much of a file has left; a person on a slow line has to see that it moves. */
const sendOnce = <T>(path: string, file: Blob, name: string, options: UploadOptions & { csrf: string }) =>
  new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(options.method ?? "POST", apiUrl(path));
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Accept-Language", toLocale(document.documentElement.lang));
    request.setRequestHeader("X-CSRFToken", options.csrf);
    if (options.idempotencyKey) request.setRequestHeader("Idempotency-Key", options.idempotencyKey);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) {
        options.onProgress?.(Math.round((event.loaded / event.total) * 100));
      }
    };
    request.onerror = () => reject(Problem.network());
    request.onabort = () => reject(Problem.network());
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) {
        const answer: T = JSON.parse(JSON.stringify(body));
        resolve(answer);
      } else {
        reject(new Problem(request.status, isRecord(body) ? body : {}));
      }
    };
    const form = new FormData();
    form.append("file", file, name);
    request.send(form);
  });

/** Sends one file as the field `file`; asks for a proof and repeats like every other request. */
export const uploadFile = <T>(path: string, file: File, options: UploadOptions = {}): Promise<T> => {
  const key = options.method === "PUT" ? undefined : (options.idempotencyKey ?? newKey());
  return proven(async () =>
    sendOnce<T>(path, file, file.name, { ...options, idempotencyKey: key, csrf: await csrfToken() }),
  );
};
