"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";

import { formatMoney } from "@/lib/format";

import { balancePoints, monthTicks, type Point } from "./balance-points";
import type { Comparison } from "./types";

/** Before the box is measured; letters keep their size on every screen because one unit is one pixel. */
const FIRST_WIDTH = 640;
const HEIGHT = 240;
const LEFT = 8;
const RIGHT = 8;
const TOP = 28;
const BOTTOM = 28;

/** A line that falls in steps: the balance holds until the next payment. */
const stepPath = (points: readonly Point[], x: (month: number) => number, y: (balance: number) => number) =>
  points
    .map((point, index) => {
      const place = `${x(point.month).toFixed(1)}`;
      return index === 0
        ? `M${place},${y(point.balance).toFixed(1)}`
        : `H${place}V${y(point.balance).toFixed(1)}`;
    })
    .join("");

const at = (points: readonly Point[], month: number): Point =>
  points.findLast((point) => point.month <= month) ?? { month: 0, balance: 0 };

/** Where the name of a line stands: of the lower line below and left of it, of the upper one above and right. */
const labelAt = (points: readonly Point[], isLower: boolean) => {
  const point = points[Math.ceil((points.length - 1) * (isLower ? 0.6 : 0.5))] ?? { month: 0, balance: 0 };
  return {
    point,
    dx: isLower ? -8 : 8,
    dy: isLower ? 14 : -10,
    anchor: isLower ? ("end" as const) : ("start" as const),
  };
};

const useWidth = () => {
  const box = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    if (!box.current || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return { box, width };
};

/** What is left to repay over the months by old and new terms; the labels stand at the lines. */
export const BalanceChart = ({ comparison, start }: { comparison: Comparison; start: string }) => {
  const t = useTranslations("schedules.chart");
  const titleId = useId();
  const { box, width } = useWidth();
  const old = balancePoints(comparison.old, start);
  const next = balancePoints(comparison.new, start);
  const months = Math.max(1, ...[...old, ...next].map(({ month }) => month));
  const most = Math.max(1, ...[...old, ...next].map(({ balance }) => balance));
  const x = (month: number) => LEFT + (month / months) * (width - LEFT - RIGHT);
  const y = (balance: number) => TOP + (1 - balance / most) * (HEIGHT - TOP - BOTTOM);
  const third = months / 3;
  const isOldLower = at(old, third).balance <= at(next, third).balance;
  const oldLabel = labelAt(old, isOldLower);
  const newLabel = labelAt(next, !isOldLower);
  return (
    <figure ref={box} className="flex flex-col gap-1">
      <figcaption id={titleId} className="font-medium text-ink">
        {t("title")}
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-labelledby={titleId}
        aria-describedby={`${titleId}-text`}
        className="w-full text-sm"
      >
        <desc id={`${titleId}-text`}>
          {t("text", {
            old: comparison.old.payments,
            next: comparison.new.payments,
            sum: formatMoney(most),
          })}
        </desc>
        <line x1={LEFT} x2={width - RIGHT} y1={y(0)} y2={y(0)} className="stroke-line" />
        {monthTicks(months, Math.floor(width / 100)).map((month) => (
          <text
            key={month}
            x={x(month)}
            y={HEIGHT - 8}
            textAnchor={month === 0 ? "start" : month === months ? "end" : "middle"}
            className="fill-muted text-xs"
          >
            {month === 0 ? t("today") : t("month", { count: month })}
          </text>
        ))}
        <text x={LEFT} y={TOP - 10} className="fill-muted text-xs">
          {formatMoney(most)}
        </text>
        <path
          d={stepPath(old, x, y)}
          className="fill-none stroke-warning"
          strokeWidth={2.5}
          strokeDasharray="7 4"
        />
        <path d={stepPath(next, x, y)} className="fill-none stroke-primary" strokeWidth={2.5} />
        {(
          [
            [oldLabel, t("old"), "fill-warning font-medium"],
            [newLabel, t("new"), "fill-primary font-medium"],
          ] as const
        ).map(([label, text, style]) => (
          <text
            key={text}
            x={Math.min(
              Math.max(x(label.point.month) + label.dx, label.anchor === "end" ? 80 : LEFT),
              width - 90,
            )}
            y={Math.min(y(label.point.balance) + label.dy, HEIGHT - BOTTOM - 6)}
            textAnchor={label.anchor}
            className={style}
          >
            {text}
          </text>
        ))}
      </svg>
    </figure>
  );
};
