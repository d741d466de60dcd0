"use client";

import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";

import { IconButton } from "./icon-button";
import { inSight, lengthOf, zoomed } from "./layout";
import { PageBar } from "./page-bar";
import { SearchBar } from "./search-bar";
import { Sheet } from "./sheet";
import { TextPages } from "./text-pages";
import { findText } from "./text-search";
import type { SheetPage, TextPage } from "./types";
import { useSheets } from "./use-sheets";

interface SheetViewerProps {
  title: string;
  pages: readonly SheetPage[];
  text: readonly TextPage[];
  /** `absent`: this kind of document offers no search. */
  textState: "ready" | "preparing" | "none" | "absent";
  /** Index of the page to begin with. */
  start?: number;
}

/** Pages under each other, drawn only where they are looked at; zoom, a way to any page, and search. */
export const SheetViewer = ({ title, pages, text, textState, start = 0 }: SheetViewerProps) => {
  const t = useTranslations("viewer");
  const sheets = useSheets(pages);
  const { frame, view, places, zoom, setZoom, reveal, goTo } = sheets;
  const [query, setQuery] = useState("");
  const [step, setStep] = useState(0);
  const [isReading, setReading] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const wanted = useDeferredValue(query);
  const matches = useMemo(() => findText(text, wanted), [text, wanted]);
  const at = matches.length > 0 ? ((step % matches.length) + matches.length) % matches.length : 0;
  const current = matches[at];
  const { from, to } = inSight(places, view.top, view.height);

  const isPlaced = useRef(false);
  useEffect(() => {
    if (isPlaced.current || view.width === 0) return;
    isPlaced.current = true;
    if (start > 0) goTo(start);
  });
  const shown = useRef<unknown>(undefined);
  useEffect(() => {
    if (shown.current === current) return;
    shown.current = current;
    if (current) reveal(current);
  });

  const press = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f" && field.current) {
      event.preventDefault();
      field.current.focus();
      return;
    }
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") setZoom(zoomed(zoom, 1));
    else if (event.key === "-") setZoom(zoomed(zoom, -1));
    else if (event.key === "0") setZoom(1);
  };
  return (
    <div onKeyDown={press} className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5">
        {!isReading && <PageBar sheets={sheets} total={pages.length} />}
        {textState !== "absent" && (
          <>
            <SearchBar
              field={field}
              query={query}
              onQuery={(next) => {
                setQuery(next);
                setStep(0);
              }}
              count={matches.length}
              at={at}
              onStep={(by) => setStep(at + by)}
              textState={textState}
            />
            {text.length > 0 && (
              <IconButton label={t("asText")} isPressed={isReading} onPress={() => setReading(!isReading)}>
                <FileText aria-hidden className="size-5" />
              </IconButton>
            )}
          </>
        )}
      </div>
      {isReading && <TextPages pages={text} />}
      <div
        ref={frame}
        tabIndex={0}
        role="group"
        aria-label={t("pagesOf", { title })}
        hidden={isReading}
        className="relative min-h-0 flex-1 touch-pan-x touch-pan-y overflow-auto overscroll-contain bg-canvas outline-offset-[-3px]"
      >
        <ol
          className="relative mx-auto"
          style={{ height: lengthOf(places), width: places[0]?.width ?? "100%" }}
        >
          {pages.slice(from, to).map((page, index) => {
            const place = places[from + index];
            return (
              place && (
                <Sheet
                  key={page.page}
                  page={page}
                  place={place}
                  alt={t("pageAlt", { title, page: page.page, total: pages.length })}
                  matches={matches.filter((match) => match.page === page.page)}
                  current={current}
                />
              )
            );
          })}
        </ol>
      </div>
    </div>
  );
};
