import { act } from "@testing-library/react";
import { vi } from "vitest";

/** The server's end of the line over which hints come. */
export class FakeLine {
  static readonly OPEN = 1;
  static readonly opened: FakeLine[] = [];
  readyState = 0;
  readonly sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;

  constructor() {
    FakeLine.opened.push(this);
  }

  send(text: string) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  opens() {
    this.readyState = FakeLine.OPEN;
    act(() => this.onopen?.());
  }

  says(message: unknown) {
    act(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }
}

/** Puts the line in the place of the real one until `vi.unstubAllGlobals`. */
export const stubLine = () => {
  FakeLine.opened.length = 0;
  vi.stubGlobal("WebSocket", FakeLine);
};

/** The newest line that the screen has opened. */
export const line = (): FakeLine => {
  const found = FakeLine.opened.at(-1);
  if (!found) throw new Error("no line was opened");
  return found;
};
