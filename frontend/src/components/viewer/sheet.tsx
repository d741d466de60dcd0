"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";

import type { Place } from "./layout";
import type { Match } from "./text-search";
import type { SheetPage } from "./types";

interface SheetProps {
  page: SheetPage;
  place: Place;
  alt: string;
  /** What was found on this page. */
  matches: readonly Match[];
  current: Match | undefined;
}

const percent = (share: number) => `${share * 100}%`;

/** One page: its picture and what was found on it. */
export const Sheet = ({ page, place, alt, matches, current }: SheetProps) => {
  const t = useTranslations("viewer");
  const [tries, setTries] = useState(0);
  const [isBroken, setBroken] = useState(false);
  const [isThere, setThere] = useState(false);
  return (
    <li
      data-page={page.page}
      className="shadow-sm absolute left-1/2 -translate-x-1/2 bg-[white] ring-1 ring-line"
      style={{ top: place.top, width: place.width, height: place.height }}
    >
      {isBroken ? (
        <div
          role="alert"
          className="flex size-full flex-col items-center justify-center gap-3 bg-surface p-4 text-center"
        >
          <p>{t("pageFailed", { page: page.page })}</p>
          <Button
            variant="secondary"
            onClick={() => {
              setTries(tries + 1);
              setBroken(false);
            }}
          >
            {t("again")}
          </Button>
        </div>
      ) : (
        // Private pages come with the person's cookie; the image optimiser could not fetch them.
        // eslint-disable-next-line @next/next/no-img-element
        <img
          key={tries}
          src={page.url}
          alt={alt}
          width={page.width}
          height={page.height}
          draggable={false}
          onLoad={() => setThere(true)}
          onError={() => setBroken(true)}
          className="size-full"
        />
      )}
      {!isBroken && !isThere && (
        <p
          aria-hidden
          className="absolute inset-0 flex items-start justify-center bg-surface pt-16 text-sm text-muted"
        >
          {t("pageComing", { page: page.page })}
        </p>
      )}
      {matches.flatMap((match, index) =>
        match.boxes.map((box, line) => (
          <mark
            key={`${index}-${line}`}
            aria-hidden
            data-current={match === current || undefined}
            className={cn(
              "rounded-xs pointer-events-none absolute bg-accent/40 mix-blend-multiply",
              match === current && "bg-accent/70 outline-2 outline-primary",
            )}
            style={{
              left: percent(box.left - 0.002),
              top: percent(box.top - 0.001),
              width: percent(box.width + 0.004),
              height: percent(box.height + 0.002),
            }}
          />
        )),
      )}
    </li>
  );
};
