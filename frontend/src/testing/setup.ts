import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, vi } from "vitest";

import { forgetQueues } from "@/components/upload/queue";

import { server } from "./server";

// Machines that build and test at once answer late; a screen that never answers still fails.
configure({ asyncUtilTimeout: 8_000 });

beforeAll(() => {
  server.listen({ onUnhandledRequest: "error" });
  Element.prototype.scrollIntoView = vi.fn();
  window.scrollTo = vi.fn();
  // jsdom knows no media queries: tests look at the wide, light screen.
  window.matchMedia = (media) =>
    Object.assign(new EventTarget(), { media, matches: false }) as MediaQueryList;
});

afterEach(() => {
  cleanup();
  server.resetHandlers();
  forgetQueues();
  localStorage.clear();
});

afterAll(() => server.close());
