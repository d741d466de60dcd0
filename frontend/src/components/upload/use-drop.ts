"use client";

import { type DragEvent as ReactDragEvent, useEffect, useState } from "react";

const hasFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes("Files") ?? false;

/** A file let go beside the zone would be opened by the browser in place of the page: that is prevented. */
const keepPage = (event: DragEvent) => {
  if (hasFiles(event.dataTransfer)) event.preventDefault();
};

/** Whether a file hangs over the page, so that the zone can show itself before it is reached. */
const useFileOverPage = (): boolean => {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      depth += 1;
      setOver(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const end = () => {
      depth = 0;
      setOver(false);
    };
    const pairs = [
      ["dragenter", enter],
      ["dragleave", leave],
      ["drop", end],
      ["dragend", end],
      ["dragover", keepPage],
      ["drop", keepPage],
    ] as const;
    pairs.forEach(([name, listener]) => document.addEventListener(name, listener));
    return () => pairs.forEach(([name, listener]) => document.removeEventListener(name, listener));
  }, []);
  return isOver;
};

/** Dropping files on an element; `target` goes onto it. */
export const useDrop = (onFiles: (files: File[]) => void, isOpen: boolean) => {
  const isOverPage = useFileOverPage();
  const [isOverTarget, setOverTarget] = useState(false);
  const target = {
    onDragOver: (event: ReactDragEvent) => {
      if (!isOpen || !hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setOverTarget(true);
    },
    onDragLeave: () => setOverTarget(false),
    onDrop: (event: ReactDragEvent) => {
      event.preventDefault();
      setOverTarget(false);
      if (isOpen && event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files]);
    },
  };
  return { target, isNear: isOpen && isOverPage, isOver: isOpen && isOverTarget };
};
