"use client";

import { Clock, FileX2, LoaderCircle, ShieldAlert, ShieldX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import type { FileInfo } from "./types";

const ICONS = {
  checking: LoaderCircle,
  infected: ShieldX,
  unscannable: ShieldAlert,
  failed: Clock,
  removed: FileX2,
  preparing: LoaderCircle,
  none: FileX2,
} as const;

export type Standing = keyof typeof ICONS;

/** Why the pages are not there, or null when they are. */
export const standingOf = ({ state, pages, pages_state: prepared }: FileInfo): Standing | null => {
  if (state !== "ready") return state;
  if (pages.length > 0) return null;
  return prepared === "preparing" ? "preparing" : "none";
};

/** A file that cannot be shown now: what is the matter, and what to do. */
export const FileStanding = ({ standing, children }: { standing: Standing; children?: ReactNode }) => {
  const t = useTranslations("viewer.standing");
  const Icon = ICONS[standing];
  const isTurning = Icon === LoaderCircle;
  return (
    <div
      role="status"
      className="flex flex-1 flex-col items-center justify-center gap-3 overflow-auto p-6 text-center"
    >
      <span
        aria-hidden
        className="flex size-12 items-center justify-center rounded-full bg-primary-soft text-primary"
      >
        <Icon className={isTurning ? "size-6 motion-safe:animate-spin" : "size-6"} />
      </span>
      <p className="text-lg font-semibold text-ink">{t(`${standing}.title`)}</p>
      <p className="measure text-text">{t(`${standing}.text`)}</p>
      {children}
    </div>
  );
};
