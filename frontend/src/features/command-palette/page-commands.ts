"use client";

import { useEffect, useSyncExternalStore } from "react";

/** A command that belongs to the page that is open, such as a step of the case. */
export interface PageCommand {
  id: string;
  title: string;
  /** Letters that do the same without the palette. */
  letters?: readonly string[];
  run: () => void;
}

let offered: readonly PageCommand[] = [];
const listeners = new Set<() => void>();
const NONE: readonly PageCommand[] = [];

const tell = () => listeners.forEach((listener) => listener());

/** Offers commands while the page that calls this is open. */
export const useOfferCommands = (commands: readonly PageCommand[]) => {
  useEffect(() => {
    offered = commands;
    tell();
    return () => {
      offered = NONE;
      tell();
    };
  }, [commands]);
};

export const usePageCommands = (): readonly PageCommand[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offered,
    () => NONE,
  );
