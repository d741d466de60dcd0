"use client";

import { ArrowLeft, ArrowRight, RotateCcw, RotateCw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

import type { Look, Shot, ShotBook } from "./shot-book";
import { Thumb } from "./thumb";

interface PageStripProps {
  shots: readonly Shot[];
  chosen: string | undefined;
  look: Look;
  onChoose: (id: string) => void;
}

/** The pages in their order, as they will stand in the PDF. */
export const PageStrip = ({ shots, chosen, look, onChoose }: PageStripProps) => {
  const t = useTranslations("camera");
  return (
    <ol aria-label={t("pages")} className="flex gap-2 overflow-x-auto p-1">
      {shots.map((shot, index) => (
        <li key={shot.id} className="shrink-0">
          <button
            type="button"
            aria-pressed={shot.id === chosen}
            aria-label={t("page", { page: index + 1, total: shots.length })}
            onClick={() => onChoose(shot.id)}
            className={cn(
              "flex h-22 min-w-16 flex-col items-center justify-end gap-1 rounded-field border-2 border-line bg-canvas p-1",
              shot.id === chosen && "border-primary bg-primary-soft",
            )}
          >
            <span className="flex min-h-0 flex-1 items-center">
              <Thumb shot={shot} look={look} size={52} className="border border-line" />
            </span>
            <span aria-hidden className="text-xs text-ink tabular-nums">
              {index + 1}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
};

const Tool = ({
  label,
  disabled,
  onPress,
  children,
}: {
  label: string;
  disabled?: boolean;
  onPress: () => void;
  children: ReactNode;
}) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    disabled={disabled}
    onClick={onPress}
    className="inline-flex size-11 items-center justify-center rounded-field text-primary hover:bg-primary-soft disabled:opacity-40"
  >
    {children}
  </button>
);

interface PageToolsProps {
  book: ShotBook;
  shots: readonly Shot[];
  at: number;
  onRemoved: (next: string | undefined) => void;
}

/** What can be done with the page that is shown. */
export const PageTools = ({ book, shots, at, onRemoved }: PageToolsProps) => {
  const t = useTranslations("camera.tools");
  const shot = shots[at];
  if (!shot) return null;
  const page = at + 1;
  return (
    <div role="group" aria-label={t("of", { page })} className="flex flex-wrap justify-center">
      <Tool label={t("turnLeft", { page })} onPress={() => book.turn(shot.id, -90)}>
        <RotateCcw aria-hidden className="size-5" />
      </Tool>
      <Tool label={t("turnRight", { page })} onPress={() => book.turn(shot.id, 90)}>
        <RotateCw aria-hidden className="size-5" />
      </Tool>
      <Tool label={t("earlier", { page })} disabled={at === 0} onPress={() => book.move(shot.id, -1)}>
        <ArrowLeft aria-hidden className="size-5" />
      </Tool>
      <Tool
        label={t("later", { page })}
        disabled={at === shots.length - 1}
        onPress={() => book.move(shot.id, 1)}
      >
        <ArrowRight aria-hidden className="size-5" />
      </Tool>
      <Tool
        label={t("remove", { page })}
        onPress={() => {
          book.remove(shot.id);
          onRemoved((shots[at + 1] ?? shots[at - 1])?.id);
        }}
      >
        <Trash2 aria-hidden className="size-5" />
      </Tool>
    </div>
  );
};
