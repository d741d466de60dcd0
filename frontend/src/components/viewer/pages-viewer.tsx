"use client";

import { FullDialog } from "@/components/ui/full-dialog";

import { SheetViewer } from "./sheet-viewer";
import type { SheetPage } from "./types";

const NO_TEXT: [] = [];

interface PagesViewerProps {
  title: string;
  pages: readonly SheetPage[];
  start: number;
  onClose: () => void;
}

/** Pages of a document that the product has made, in the same viewer. */
export const PagesViewer = ({ title, pages, start, onClose }: PagesViewerProps) => (
  <FullDialog title={title} shape="panel" onClose={onClose}>
    <SheetViewer title={title} pages={pages} text={NO_TEXT} textState="absent" start={start} />
  </FullDialog>
);
