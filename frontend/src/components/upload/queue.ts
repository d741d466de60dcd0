import { newKey } from "@/lib/api-client";
import { isProblem, Problem } from "@/lib/problem";

import { forgetFile, type KeptFile, keepFile, keptFiles } from "./device-files";
import { isFinal, isGone } from "./repeating";
import { type FileRules, type FileTrouble, troubleOf } from "./rules";
import { Speedometer } from "./speed";
import type { Transfer } from "./transfer";

/**
 * `waiting` for its turn · `sending` · `broken`: the line is gone, tried again by itself · `paused` by the person ·
 * `attaching`: all has come, the server looks at it · `failed`: the person has to do something.
 */
export type Phase = "waiting" | "sending" | "broken" | "paused" | "attaching" | "failed";

export interface UploadItem {
  id: string;
  name: string;
  size: number;
  sent: number;
  phase: Phase;
  /** Chosen wrongly: never sent. */
  trouble: FileTrouble | "count" | null;
  problem: Problem | null;
  secondsLeft: number | null;
  /** The device keeps it: leaving the page loses nothing. */
  isKept: boolean;
}

/** What a screen reader is told, and only once. */
export interface News {
  kind: "begun" | "broken" | "failed" | "done" | "paused";
  name: string;
}

export interface QueueState {
  items: readonly UploadItem[];
  news: News | null;
}

export type Attach = (uploadId: string) => Promise<unknown>;

interface Line {
  blob: Blob;
  lastModified: number | undefined;
  transfer: Transfer | null;
  speed: Speedometer;
  /** What has left, also where the screen was not told of it yet. */
  sent: number;
  uploadId: string | null;
}

const asProblem = (error: unknown): Problem => (isProblem(error) ? error : new Problem(500, {}));
const PROGRESS_EVERY_MS = 250;
export const EMPTY: QueueState = { items: [], news: null };

/**
 * Files given at one place, one after another: a slow line is not shared. Lives on while the person looks at other pages
 * of the same tab; after a reload what the device keeps goes on where the server has it.
 */
export class UploadQueue {
  private state: QueueState = EMPTY;
  private readonly lines = new Map<string, Line>();
  private readonly listeners = new Set<() => void>();
  private isRestored = false;
  private shownAt = 0;
  private attach: Attach = () => Promise.resolve();

  constructor(private readonly place: string) {
    if (typeof window !== "undefined") window.addEventListener("online", this.whenOnline);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): QueueState => this.state;

  /** What uses up an upload that has come whole. */
  attachWith(attach: Attach): void {
    this.attach = attach;
  }

  add(files: readonly File[], rules: FileRules): void {
    // Where one file is wanted, another choice takes the place of the one that failed.
    if (rules.maxFiles === 1)
      this.state.items.filter(({ phase }) => phase === "failed").forEach(({ id }) => this.cancel(id));
    const room = rules.maxFiles - this.state.items.filter(({ trouble }) => trouble === null).length;
    files.forEach((file, index) => {
      const trouble = troubleOf(file, rules) ?? (index >= Math.max(room, 0) ? "count" : null);
      const id = newKey();
      if (!trouble) this.keep(id, file);
      this.put(id, file, file.name, trouble, trouble === null ? file.lastModified : undefined);
    });
    void this.run();
  }

  /** What an earlier visit left unfinished goes on by itself. */
  async restore(): Promise<void> {
    if (this.isRestored) return;
    this.isRestored = true;
    for (const kept of await keptFiles<{ lastModified?: number }>(this.place)) {
      if (this.lines.has(kept.id)) continue;
      this.put(kept.id, kept.blob, kept.name, null, kept.extra.lastModified);
      this.change(kept.id, { isKept: true });
    }
    void this.run();
  }

  pause(id: string): void {
    const line = this.lines.get(id);
    line?.transfer?.pause();
    this.change(id, { phase: "paused", sent: line?.sent ?? 0, secondsLeft: null });
    this.tell("paused", id);
    void this.run();
  }

  /** Goes on after a pause or a failure, from where the server has it. */
  resume(id: string): void {
    const line = this.lines.get(id);
    const problem = this.item(id)?.problem;
    if (line && problem && isGone(problem)) {
      // The server has forgotten what it had: the file goes anew.
      line.transfer?.forget();
      [line.transfer, line.uploadId] = [null, null];
    }
    this.change(id, { phase: "waiting", problem: null });
    void this.run();
  }

  cancel(id: string): void {
    const line = this.lines.get(id);
    void line?.transfer?.drop();
    this.remove(id);
    void this.run();
  }

  private put(
    id: string,
    blob: Blob,
    name: string,
    trouble: UploadItem["trouble"],
    lastModified?: number,
  ): void {
    this.lines.set(id, {
      blob,
      lastModified,
      transfer: null,
      speed: new Speedometer(),
      sent: 0,
      uploadId: null,
    });
    const item: UploadItem = {
      id,
      name,
      size: blob.size,
      sent: 0,
      phase: trouble ? "failed" : "waiting",
      trouble,
      problem: null,
      secondsLeft: null,
      isKept: false,
    };
    this.set({ ...this.state, items: [...this.state.items, item] });
    if (trouble) this.tell("failed", id);
  }

  private keep(id: string, file: File): void {
    const kept: KeptFile = {
      id,
      place: this.place,
      blob: file,
      name: file.name,
      addedAt: Date.now(),
      extra: { lastModified: file.lastModified },
    };
    void keepFile(kept).then((isKept) => {
      if (this.lines.has(id)) this.change(id, { isKept });
      else void forgetFile(id);
    });
  }

  private async run(): Promise<void> {
    const { items } = this.state;
    if (items.some(({ phase }) => phase === "sending" || phase === "broken" || phase === "attaching")) return;
    const next = items.find(({ phase }) => phase === "waiting");
    const line = next && this.lines.get(next.id);
    if (!next || !line) return;
    if (line.uploadId) return this.finish(next.id, line.uploadId);
    this.change(next.id, { phase: "sending" });
    if (next.sent === 0) this.tell("begun", next.id);
    line.transfer ??= await this.transferOf(next, line);
    // Meanwhile it may have been paused or taken back.
    if (this.item(next.id)?.phase === "sending") line.transfer.start();
  }

  private async transferOf(item: UploadItem, line: Line): Promise<Transfer> {
    const { makeTransfer } = await import("./transfer");
    return makeTransfer({
      file: line.blob,
      name: item.name,
      place: this.place,
      lastModified: line.lastModified,
      onProgress: (sent) => this.progress(item.id, sent),
      onBroken: () => {
        line.speed.forget();
        if (this.item(item.id)?.phase !== "broken") this.tell("broken", item.id);
        this.change(item.id, { phase: "broken", sent: line.sent, secondsLeft: null });
      },
      onDone: (uploadId) => {
        line.uploadId = uploadId;
        void this.finish(item.id, uploadId);
      },
      onFail: (problem) => this.fail(item.id, problem),
    });
  }

  private progress(id: string, sent: number): void {
    const line = this.lines.get(id);
    const item = this.item(id);
    if (!line || !item || (item.phase !== "sending" && item.phase !== "broken")) return;
    const now = Date.now();
    line.speed.note(sent, now);
    line.sent = sent;
    if (item.phase === "sending" && sent < item.size && now - this.shownAt < PROGRESS_EVERY_MS) return;
    this.shownAt = now;
    this.change(id, { phase: "sending", sent, secondsLeft: line.speed.secondsFor(item.size - sent) });
  }

  private async finish(id: string, uploadId: string): Promise<void> {
    const size = this.item(id)?.size ?? 0;
    this.change(id, { phase: "attaching", sent: size, secondsLeft: null });
    try {
      await this.attach(uploadId);
    } catch (error) {
      return this.fail(id, asProblem(error));
    }
    this.lines.get(id)?.transfer?.forget();
    this.tell("done", id);
    this.remove(id);
    void this.run();
  }

  private fail(id: string, problem: Problem): void {
    if (!this.lines.has(id)) return;
    this.change(id, { phase: "failed", problem, secondsLeft: null });
    this.tell("failed", id);
    if (isFinal(problem)) void forgetFile(id);
    // One bad file holds nobody else up.
    void this.run();
  }

  private readonly whenOnline = (): void => {
    for (const { id, phase, problem } of this.state.items) {
      if (phase === "failed" && problem?.status === 0) this.resume(id);
      // Waiting out a back-off is pointless once the device says that the line is there again.
      else if (phase === "broken") this.lines.get(id)?.transfer?.restart();
    }
  };

  private item(id: string): UploadItem | undefined {
    return this.state.items.find((item) => item.id === id);
  }

  private change(id: string, part: Partial<UploadItem>): void {
    this.set({
      ...this.state,
      items: this.state.items.map((item) => (item.id === id ? { ...item, ...part } : item)),
    });
  }

  private tell(kind: News["kind"], id: string): void {
    const name = this.item(id)?.name ?? "";
    this.set({ ...this.state, news: { kind, name } });
  }

  private remove(id: string): void {
    this.lines.delete(id);
    void forgetFile(id);
    this.set({ ...this.state, items: this.state.items.filter((item) => item.id !== id) });
  }

  private set(state: QueueState): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

const queues = new Map<string, UploadQueue>();

/** Every test begins without what another one left. */
export const forgetQueues = (): void => queues.clear();

/** The queue of one person at one place of this tab. */
export const queueOf = (place: string): UploadQueue => {
  const known = queues.get(place);
  if (known) return known;
  const made = new UploadQueue(place);
  queues.set(place, made);
  return made;
};
