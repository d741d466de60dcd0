"use client";

import { useTranslations } from "next-intl";

import { Bar } from "../bar";
import type { BookState } from "./shot-book";

/** How far the photos are on their way, in words. */
export const ShotsProgress = ({ state }: { state: BookState }) => {
  const t = useTranslations("camera");
  const { shots, isFinishing } = state;
  const there = shots.filter(({ uploadId }) => uploadId !== null).length;
  const total = shots.reduce((sum, { size }) => sum + size, 0);
  const sent = shots.reduce(
    (sum, shot) => sum + (shot.uploadId ? shot.size : Math.min(shot.sent, shot.size)),
    0,
  );
  const percent = total === 0 ? 0 : Math.min(99, Math.floor((sent / total) * 100));
  if (there === shots.length) return isFinishing ? <p className="text-sm text-muted">{t("making")}</p> : null;
  const label = t("sending", { there, total: shots.length, percent });
  return (
    <div className="flex flex-col gap-1 text-sm text-muted tabular-nums">
      <p aria-hidden>{label}</p>
      <Bar label={label} percent={percent} />
    </div>
  );
};
