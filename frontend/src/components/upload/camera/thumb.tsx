import { cn } from "@/lib/cn";

import { straightening } from "./homography";
import { pageSize } from "./quad";
import type { Look, Shot } from "./shot-book";

const BASE = 400;

interface ThumbProps {
  shot: Shot;
  look: Look;
  /** Longest side in CSS pixels. */
  size: number;
  className?: string;
}

/** The page as it will be: cut out, laid straight, turned and in its colours; drawn by CSS alone. */
export const Thumb = ({ shot, look, size, className }: ThumbProps) => {
  const { corners, turn, url } = shot;
  const [width, height] = [BASE, (BASE * shot.height) / shot.width];
  const page = pageSize(corners, width, height);
  const scale = size / Math.max(page.width, page.height, 1);
  const [flatWidth, flatHeight] = [page.width * scale, page.height * scale];
  const isAside = turn % 180 !== 0;
  return (
    <span
      aria-hidden
      className={cn("relative block overflow-hidden bg-[white]", className)}
      style={{ width: isAside ? flatHeight : flatWidth, height: isAside ? flatWidth : flatHeight }}
    >
      <span
        className="absolute top-1/2 left-1/2 block overflow-hidden"
        style={{
          width: flatWidth,
          height: flatHeight,
          transform: `translate(-50%, -50%) rotate(${turn}deg)`,
        }}
      >
        {/* eslint-disable-next-line @next/next/no-img-element -- a blob of this tab, nothing to optimise */}
        <img
          src={url}
          alt=""
          className="max-w-none"
          style={{
            width,
            height,
            transformOrigin: "0 0",
            transform: straightening(corners, width, height, flatWidth, flatHeight) ?? undefined,
            filter: look === "gray" ? "grayscale(1) contrast(1.25) brightness(1.05)" : undefined,
          }}
        />
      </span>
    </span>
  );
};
