import { type DetailedError, type HttpRequest, type HttpResponse, Upload } from "tus-js-client";

import { apiUrl, csrfToken } from "@/lib/api-client";
import { toLocale } from "@/lib/i18n/locales";
import { Problem } from "@/lib/problem";

import { isFinal, isWorthRepeating } from "./repeating";
import { deviceAddresses, forgetAddress, markOf } from "./device-addresses";

const KILOBYTE = 1024;
/** A cut line costs at most one part: five seconds of an old phone's 400 kbit/s. */
const SMALL_PART = 256 * KILOBYTE;
const LARGE_PART = 1024 * KILOBYTE;
const FAST_MEGABITS = 5;
/** Nothing has moved for so long: the connection hangs without saying so. */
const STALLED_MS = 45_000;
const RETRY_DELAYS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000];

export interface TransferEvents {
  onProgress: (sent: number) => void;
  /** The line broke; it is tried again by itself. */
  onBroken: () => void;
  onDone: (uploadId: string) => void;
  onFail: (problem: Problem) => void;
  onDropped?: () => void;
}

export interface Transfer {
  start: () => void;
  pause: () => void;
  /** Asks the server at once instead of waiting out the time between two tries. */
  restart: () => void;
  /** Stops and lets the server forget what it has. */
  drop: () => Promise<void>;
  /** The upload has been used up: this device forgets its address. */
  forget: () => void;
}

interface TransferOptions extends TransferEvents {
  file: Blob;
  name: string;
  /** The person and the place, so that the same file at another place is another upload. */
  place: string;
  lastModified?: number;
}

const partSize = (): number => {
  const connection: unknown = Reflect.get(navigator, "connection");
  const downlink: unknown =
    typeof connection === "object" && connection !== null ? Reflect.get(connection, "downlink") : 0;
  return typeof downlink === "number" && downlink >= FAST_MEGABITS ? LARGE_PART : SMALL_PART;
};

const bodyOf = (response: HttpResponse): Record<string, unknown> => {
  try {
    const body: unknown = JSON.parse(response.getBody());
    return typeof body === "object" && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
};

const problemOf = (error: Error | DetailedError): Problem => {
  const response = "originalResponse" in error ? error.originalResponse : null;
  if (!response) return Problem.network();
  const wait = Number.parseInt(response.getHeader("Retry-After") ?? "", 10);
  return new Problem(response.getStatus(), bodyOf(response), Number.isNaN(wait) ? null : wait);
};

const signed = async (request: HttpRequest): Promise<void> => {
  request.setHeader("Accept", "application/json");
  request.setHeader("Accept-Language", toLocale(document.documentElement.lang));
  if (request.getMethod() !== "HEAD") request.setHeader("X-CSRFToken", await csrfToken());
};

const idIn = (address: string): string => address.replace(/\/+$/, "").split("/").at(-1) ?? "";

/** Restarts a transfer on which nothing has moved for a while. */
const watch = (onStalled: () => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rest = () => clearTimeout(timer);
  const moved = () => {
    rest();
    timer = setTimeout(onStalled, STALLED_MS);
  };
  return { moved, rest };
};

/**
 * One file on its way to the server by parts (tus 1.0.0). Goes on by itself after a cut line, and after a reload when
 * the same file is given again for the same place.
 */
export const makeTransfer = (options: TransferOptions): Transfer => {
  const { file, name, place, onProgress, onBroken, onDone, onFail } = options;
  const mark = markOf(place, { name, size: file.size, lastModified: options.lastModified });
  let isLookedUp = false;
  let isPaused = false;
  const stalled = watch(() => {
    onBroken();
    void upload.abort().then(go);
  });
  const upload = new Upload(file, {
    endpoint: apiUrl("/uploads/"),
    metadata: { filename: name },
    chunkSize: partSize(),
    retryDelays: RETRY_DELAYS,
    urlStorage: deviceAddresses,
    fingerprint: () => Promise.resolve(mark),
    onBeforeRequest: signed,
    onShouldRetry: (error) => {
      const again = isWorthRepeating(problemOf(error));
      if (again) {
        stalled.rest();
        onBroken();
      }
      return again;
    },
    onProgress: (sent) => {
      stalled.moved();
      onProgress(sent);
    },
    onSuccess: () => {
      stalled.rest();
      onDone(idIn(upload.url ?? ""));
    },
    onError: (error) => {
      stalled.rest();
      const problem = problemOf(error);
      if (isFinal(problem)) forgetAddress(mark);
      onFail(problem);
    },
  });
  const go = () => {
    if (isPaused) return;
    stalled.moved();
    upload.start();
  };
  const lookUp = async () => {
    if (isLookedUp) return;
    isLookedUp = true;
    const [known] = await upload.findPreviousUploads();
    if (known) upload.resumeFromPreviousUpload(known);
  };
  return {
    start: () => {
      isPaused = false;
      void lookUp().then(go);
    },
    pause: () => {
      isPaused = true;
      stalled.rest();
      void upload.abort();
    },
    restart: () => {
      stalled.rest();
      void upload.abort().then(go);
    },
    drop: async () => {
      isPaused = true;
      stalled.rest();
      await lookUp();
      forgetAddress(mark);
      options.onDropped?.();
      await upload.abort(true).catch(() => undefined);
    },
    forget: () => forgetAddress(mark),
  };
};
