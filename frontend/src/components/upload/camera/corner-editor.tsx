"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from "react";

import { cn } from "@/lib/cn";

import { type Point, type Quad, withCorner } from "./quad";
import type { Shot } from "./shot-book";

const NAMES = ["topLeft", "topRight", "bottomRight", "bottomLeft"] as const;
const STEP = 0.004;
const BIG_STEP = 0.03;
const MOVES: Record<string, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const LENS = 112;
const ZOOM = 3;

/** What lies under the finger, larger and beside it. */
const Lens = ({ shot, at, width, height }: { shot: Shot; at: Point; width: number; height: number }) => (
  <div
    aria-hidden
    className={cn(
      "pointer-events-none absolute top-2 z-10 rounded-full border-4 border-surface shadow-overlay",
      at[0] < 0.5 ? "right-2" : "left-2",
    )}
    style={{
      width: LENS,
      height: LENS,
      backgroundImage: `url(${shot.url})`,
      backgroundRepeat: "no-repeat",
      backgroundSize: `${width * ZOOM}px ${height * ZOOM}px`,
      backgroundPosition: `${LENS / 2 - at[0] * width * ZOOM}px ${LENS / 2 - at[1] * height * ZOOM}px`,
    }}
  >
    <span className="absolute top-1/2 left-1/2 block h-6 w-0.5 -translate-1/2 bg-primary" />
    <span className="absolute top-1/2 left-1/2 block h-0.5 w-6 -translate-1/2 bg-primary" />
  </div>
);

interface CornerEditorProps {
  shot: Shot;
  onCorners: (corners: Quad) => void;
  /** A drag or a press has ended. */
  onSettled: () => void;
}

/** The photo with the outline of the page; each corner is moved by finger, mouse or arrow keys. */
export const CornerEditor = ({ shot, onCorners, onSettled }: CornerEditorProps) => {
  const t = useTranslations("camera.corners");
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<{ index: number; width: number; height: number } | null>(null);
  const { corners } = shot;

  const drag = (event: PointerEvent, index: number) => {
    const box = frame.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    onCorners(
      withCorner(corners, index, [
        (event.clientX - box.left) / box.width,
        (event.clientY - box.top) / box.height,
      ]),
    );
  };
  const press = (event: PointerEvent<HTMLButtonElement>, index: number) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const box = frame.current?.getBoundingClientRect();
    setHeld({ index, width: box?.width ?? 0, height: box?.height ?? 0 });
  };
  const letGo = () => {
    setHeld(null);
    onSettled();
  };
  const nudge = (event: KeyboardEvent, index: number) => {
    const move = MOVES[event.key];
    const corner = corners[index];
    if (!move || !corner) return;
    event.preventDefault();
    const step = event.shiftKey ? BIG_STEP : STEP;
    onCorners(withCorner(corners, index, [corner[0] + move[0] * step, corner[1] + move[1] * step]));
    onSettled();
  };
  return (
    <div className="flex flex-col items-center gap-2">
      <div
        ref={frame}
        className="relative max-h-[40dvh] max-w-full touch-none select-none"
        style={{
          aspectRatio: `${shot.width} / ${shot.height}`,
          width: `calc(40dvh * ${shot.width / shot.height})`,
        }}
      >
        {/* eslint-disable-next-line @next/next/no-img-element -- a blob of this tab, nothing to optimise */}
        <img src={shot.url} alt={t("photo")} draggable={false} className="size-full rounded-field" />
        <svg aria-hidden viewBox="0 0 1 1" preserveAspectRatio="none" className="absolute inset-0 size-full">
          <path
            d={`M0 0H1V1H0Z M${corners.map((corner) => corner.join(" ")).join("L")}Z`}
            fillRule="evenodd"
            className="fill-overlay"
          />
          <polygon
            points={corners.map((corner) => corner.join(",")).join(" ")}
            vectorEffect="non-scaling-stroke"
            className="fill-none stroke-primary stroke-2"
          />
        </svg>
        {corners.map(([x, y], index) => (
          <button
            key={NAMES[index]}
            type="button"
            aria-label={t(NAMES[index] ?? "topLeft")}
            aria-describedby={`${id}-help`}
            onPointerDown={(event) => press(event, index)}
            onPointerMove={(event) => held?.index === index && drag(event, index)}
            onPointerUp={letGo}
            onPointerCancel={letGo}
            onKeyDown={(event) => nudge(event, index)}
            className="group absolute flex size-11 -translate-1/2 cursor-move touch-none items-center justify-center rounded-full"
            style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
          >
            <span className="size-6 rounded-full border-[3px] border-primary bg-surface/70 ring-2 ring-surface group-active:scale-75" />
          </button>
        ))}
        {held && (
          <Lens shot={shot} at={corners[held.index] ?? [0, 0]} width={held.width} height={held.height} />
        )}
      </div>
      <p
        id={`${id}-help`}
        className={cn("text-center text-sm", shot.isFound ? "text-muted" : "font-medium text-warning")}
      >
        {t(shot.isFound ? "help" : "notFound")}
      </p>
    </div>
  );
};
