import type { components } from "@/api/schema";
import { api, newKey } from "@/lib/api-client";
import { isProblem, Problem } from "@/lib/problem";

import { forgetFile, keepFile, type KeptFile, keptFiles } from "../device-files";
import type { Attach } from "../queue";
import { isGone } from "../repeating";
import { shotsPlace } from "../shots-place";
import type { Transfer } from "../transfer";
import { findPage } from "./page-edges";
import { takePhoto } from "./photo";
import { type Quad, type Turn, turned, WHOLE } from "./quad";

type UploadState = components["schemas"]["UploadState"];
export type Look = "color" | "gray";

export interface Shot {
  id: string;
  /** Address of the photo in this tab. */
  url: string;
  width: number;
  height: number;
  corners: Quad;
  /** The page was told from its background; else the corners wait for a person. */
  isFound: boolean;
  turn: Turn;
  size: number;
  sent: number;
  uploadId: string | null;
  isKept: boolean;
}

export interface BookState {
  shots: readonly Shot[];
  /** How many photos are being read. */
  reading: number;
  /** How many chosen files were no pictures that this browser can read. */
  unreadable: number;
  isFinishing: boolean;
  problem: Problem | null;
}

type Kept = Pick<Shot, "width" | "height" | "corners" | "isFound" | "turn"> & { order: number };

export const EMPTY_BOOK: BookState = {
  shots: [],
  reading: 0,
  unreadable: 0,
  isFinishing: false,
  problem: null,
};

/**
 * Photographed pages on their way to becoming one PDF. Each photo leaves as soon as it is taken, while the person takes the
 * next; corners and turns are only told when the PDF is made. What is not sent yet survives a reload on the device.
 */
export class ShotBook {
  private state: BookState = EMPTY_BOOK;
  private readonly blobs = new Map<string, Blob>();
  private readonly transfers = new Map<string, Transfer>();
  private readonly listeners = new Set<() => void>();
  private readonly place: string;
  private isRestored = false;
  private sending: Promise<void> | null = null;

  constructor(place: string) {
    this.place = shotsPlace(place);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): BookState => this.state;

  async restore(): Promise<void> {
    if (this.isRestored) return;
    this.isRestored = true;
    const kept = await keptFiles<Kept>(this.place);
    for (const { id, blob, extra } of kept.sort((a, b) => a.extra.order - b.extra.order)) {
      const { width, height, corners, isFound, turn } = extra;
      this.put(
        { width, height, corners, isFound, turn, id, size: blob.size, sent: 0, uploadId: null, isKept: true },
        blob,
      );
    }
    void this.send();
  }

  /** Takes photos in; the last one taken is the answer, null when none could be read. */
  async add(files: readonly File[]): Promise<string | null> {
    let last: string | null = null;
    this.set({ unreadable: 0, problem: null, reading: this.state.reading + files.length });
    for (const file of files) {
      const taken = await takePhoto(file);
      this.set({ reading: this.state.reading - 1 });
      if (!taken) {
        this.set({ unreadable: this.state.unreadable + 1 });
        continue;
      }
      const { blob, width, height } = taken.photo;
      const found = findPage(taken.look);
      last = newKey();
      const corners = found ?? WHOLE;
      const isFound = found !== null;
      this.put(
        {
          id: last,
          width,
          height,
          corners,
          isFound,
          turn: 0,
          size: blob.size,
          sent: 0,
          uploadId: null,
          isKept: false,
        },
        blob,
      );
      void this.keep(last);
      void this.send();
    }
    return last;
  }

  remove(id: string): void {
    const shot = this.shot(id);
    if (!shot) return;
    void this.transfers.get(id)?.drop();
    this.transfers.delete(id);
    this.blobs.delete(id);
    URL.revokeObjectURL(shot.url);
    void forgetFile(id);
    this.set({ shots: this.state.shots.filter((one) => one.id !== id) });
  }

  move(id: string, by: -1 | 1): void {
    const shots = [...this.state.shots];
    const from = shots.findIndex((shot) => shot.id === id);
    const [one, other] = [shots[from], shots[from + by]];
    if (!one || !other) return;
    [shots[from], shots[from + by]] = [other, one];
    this.set({ shots });
    void this.keep(one.id);
    void this.keep(other.id);
  }

  setCorners(id: string, corners: Quad): void {
    this.change(id, { corners, isFound: true });
  }

  turn(id: string, by: 90 | -90): void {
    const shot = this.shot(id);
    if (!shot) return;
    this.change(id, { turn: turned(shot.turn, by) });
    void this.keep(id);
  }

  /** Keeps what was changed; called when a drag ends rather than at each of its moves. */
  async keep(id: string): Promise<void> {
    const order = this.state.shots.findIndex((shot) => shot.id === id);
    const [shot, blob] = [this.state.shots[order], this.blobs.get(id)];
    if (!shot || !blob) return;
    const { width, height, corners, isFound, turn } = shot;
    const extra: Kept = { width, height, corners, isFound, turn, order };
    const file: KeptFile<Kept> = {
      id,
      place: this.place,
      blob,
      name: `${id}.jpg`,
      addedAt: Date.now(),
      extra,
    };
    const isKept = await keepFile(file);
    if (this.shot(id)) this.change(id, { isKept });
    else void forgetFile(id);
  }

  /** Makes one PDF of the pages and gives it; true when it is done, else the problem is in the state. */
  async finish({ name, look, attach }: { name: string; look: Look; attach: Attach }): Promise<boolean> {
    this.set({ isFinishing: true, problem: null });
    try {
      await this.send();
      const pages = this.state.shots.map(({ uploadId: id, corners, turn }) => ({ id, corners, turn }));
      const made = await api.post<UploadState>("/uploads/combine/", {
        uploads: pages,
        name: `${name}.pdf`,
        look,
      });
      await attach(made.id);
    } catch (error) {
      const problem = isProblem(error) ? error : new Problem(500, {});
      // The server has forgotten photos that waited too long: they go anew at the next try.
      if (isGone(problem)) this.sendAnew();
      this.set({ isFinishing: false, problem });
      return false;
    }
    this.clear();
    return true;
  }

  private sendAnew(): void {
    this.transfers.forEach((transfer) => transfer.forget());
    this.transfers.clear();
    this.set({ shots: this.state.shots.map((shot) => ({ ...shot, uploadId: null, sent: 0 })) });
  }

  private clear(): void {
    for (const { id, url } of this.state.shots) {
      this.transfers.get(id)?.forget();
      URL.revokeObjectURL(url);
      void forgetFile(id);
    }
    this.transfers.clear();
    this.blobs.clear();
    this.set(EMPTY_BOOK);
  }

  /** Sends what is not there yet, one after another; ends when nothing is left or throws the problem. */
  private send(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => {
      this.sending = null;
    });
    // Nobody waits for it while pictures are still taken: the trouble is told when the PDF is to be made.
    this.sending.catch(() => undefined);
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    for (;;) {
      const next = this.state.shots.find(({ uploadId }) => uploadId === null);
      if (!next) return;
      const uploadId = await this.sendOne(next.id);
      if (this.shot(next.id)) this.change(next.id, { uploadId, sent: next.size });
    }
  }

  private async sendOne(id: string): Promise<string> {
    const { makeTransfer } = await import("../transfer");
    return new Promise((resolve, reject) => {
      const blob = this.blobs.get(id);
      // Taken back meanwhile: nothing is to be sent.
      if (!blob) return resolve("");
      const transfer = makeTransfer({
        file: blob,
        name: `${id}.jpg`,
        place: this.place,
        onProgress: (sent) => this.change(id, { sent }),
        onBroken: () => undefined,
        onDone: resolve,
        onFail: reject,
        onDropped: () => resolve(""),
      });
      this.transfers.set(id, transfer);
      transfer.start();
    });
  }

  private put(shot: Omit<Shot, "url">, blob: Blob): void {
    this.blobs.set(shot.id, blob);
    this.set({ shots: [...this.state.shots, { ...shot, url: URL.createObjectURL(blob) }] });
  }

  private shot(id: string): Shot | undefined {
    return this.state.shots.find((shot) => shot.id === id);
  }

  private change(id: string, part: Partial<Shot>): void {
    this.set({ shots: this.state.shots.map((shot) => (shot.id === id ? { ...shot, ...part } : shot)) });
  }

  private set(part: Partial<BookState>): void {
    this.state = { ...this.state, ...part };
    this.listeners.forEach((listener) => listener());
  }
}

const books = new Map<string, ShotBook>();

/** The shots of one person at one place of this tab. */
export const bookOf = (place: string): ShotBook => {
  const known = books.get(place);
  if (known) return known;
  const made = new ShotBook(place);
  books.set(place, made);
  return made;
};

/** Every test begins without what another one left. */
export const forgetBooks = (): void => books.clear();
