"use client";

import { type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { sessionQuery } from "./session";

/** What the socket says: something changed. The data itself always comes through the API, where permission is checked. */
export interface Hint {
  type: string;
  id: string;
  channel?: string;
}

type Listener = (hint: Hint | null) => void;

/** A part that speaks over the same line: told when it opens and closes, and of every message that is no hint. */
export interface LinePart {
  onOpen: () => void;
  onClose: () => void;
  onMessage: (message: unknown) => void;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
const POLL_MS = 15_000;
const LINGER_MS = 2_000;
/** Nobody is signed in; this person gets no hints now (looking through other eyes, second step missing). */
const REFUSED_CODES = [4401, 4403];

const isHint = (value: unknown): value is Hint =>
  typeof value === "object" &&
  value !== null &&
  "type" in value &&
  typeof value.type === "string" &&
  "id" in value;

/** One socket per browser tab, opened while somebody listens, reopened with growing delays. */
class HintSocket {
  private socket: WebSocket | null = null;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly parts = new Set<LinePart>();
  private delay = FIRST_DELAY_MS;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private wasOpen = false;

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  join(channel: string, listener: Listener): () => void {
    const group = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, group);
    group.add(listener);
    if (this.isOpen && group.size === 1) this.tell("join", channel);
    this.open();
    return () => this.leave(channel, listener);
  }

  /** Take part in the line, and hold it open. */
  attach(part: LinePart): () => void {
    this.parts.add(part);
    if (this.isOpen) part.onOpen();
    this.open();
    return () => {
      this.parts.delete(part);
      this.closeWhenIdle();
    };
  }

  /** Say something, if the line is open; nothing is kept for later. */
  say(message: Readonly<Record<string, unknown>>) {
    if (this.isOpen) this.socket?.send(JSON.stringify(message));
  }

  private get isIdle(): boolean {
    return this.listeners.size === 0 && this.parts.size === 0;
  }

  private closeWhenIdle() {
    // The next page usually listens again at once: the line is kept for a moment.
    if (this.isIdle) setTimeout(() => this.isIdle && this.close(), LINGER_MS);
  }

  private leave(channel: string, listener: Listener) {
    const group = this.listeners.get(channel);
    group?.delete(listener);
    if (group?.size === 0) {
      this.listeners.delete(channel);
      if (this.isOpen) this.tell("leave", channel);
    }
    this.closeWhenIdle();
  }

  private tell(word: "join" | "leave", channel: string) {
    this.socket?.send(JSON.stringify({ [word]: channel }));
  }

  private open() {
    if (this.socket || this.timer) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws/`);
    this.socket = socket;
    socket.onopen = () => {
      this.delay = FIRST_DELAY_MS;
      for (const channel of this.listeners.keys()) this.tell("join", channel);
      this.parts.forEach((part) => part.onOpen());
      // Hints sent while the line was down are gone: everything that is shown is read anew.
      if (this.wasOpen) this.spread(null);
      this.wasOpen = true;
    };
    socket.onmessage = (message) => this.receive(message.data);
    socket.onclose = (event) => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.parts.forEach((part) => part.onClose());
      // Trying again would be refused again; the next listener tries anew.
      if (!REFUSED_CODES.includes(event.code)) this.reopenLater();
    };
  }

  private receive(data: unknown) {
    if (typeof data !== "string") return;
    try {
      const parsed: unknown = JSON.parse(data);
      if (isHint(parsed)) this.spread(parsed);
      else this.parts.forEach((part) => part.onMessage(parsed));
    } catch {
      // A message in a form of tomorrow is no reason to drop the line.
    }
  }

  private spread(hint: Hint | null) {
    for (const [channel, group] of this.listeners) {
      if (!hint?.channel || hint.channel === channel) group.forEach((listener) => listener(hint));
    }
  }

  private reopenLater() {
    if (this.isIdle) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.open();
    }, this.delay);
    this.delay = Math.min(this.delay * 2, LONGEST_DELAY_MS);
  }

  private close() {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const socket = this.socket;
    this.socket = null;
    this.wasOpen = false;
    socket?.close();
  }
}

let shared: HintSocket | null = null;

/** The one line of this tab, for parts that say and hear more than hints. */
export const sharedLine = (): Pick<HintSocket, "attach" | "say"> => {
  shared ??= new HintSocket();
  return shared;
};

/** Reads the given queries anew on every hint of the channel; asks by itself every 15 seconds while the socket is down. */
export const useHints = (channel: string | null, keys: readonly QueryKey[]) => {
  const queryClient = useQueryClient();
  const serialised = JSON.stringify(keys);

  useEffect(() => {
    if (!channel) return;
    const parsed: QueryKey[] = JSON.parse(serialised);
    const refresh = () => parsed.forEach((queryKey) => void queryClient.invalidateQueries({ queryKey }));
    shared ??= new HintSocket();
    const socket = shared;
    const leave = socket.join(channel, refresh);
    const poll = setInterval(() => {
      if (!socket.isOpen && document.visibilityState === "visible") refresh();
    }, POLL_MS);
    return () => {
      clearInterval(poll);
      leave();
    };
  }, [channel, queryClient, serialised]);
};

/** The same on hints that are for the reader alone; nothing while `isOn` is false or nobody is signed in. */
export const useOwnHints = (keys: readonly QueryKey[], isOn = true) => {
  const { data: session } = useQuery(sessionQuery);
  const userId = session?.user?.id;
  useHints(isOn && userId ? `user:${userId}` : null, keys);
};
