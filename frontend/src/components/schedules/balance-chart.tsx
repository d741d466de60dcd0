"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";

import { formatMoney } from "@/lib/format";

import { balancePoints, monthTicks, type Point } from "./balance-points";
import type { Comparison } from "./types";

const WIDTH = 640;
const HEIGHT = 260;
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

const middleOf = (points: readonly Point[], share: number): Point =>
  points[Math.floor((points.length - 1) * share)] ?? { month: 0, balance: 0 };

/** What is left to repay over the months by old and new terms; the labels stand at the lines. */
export const BalanceChart = ({ comparison, start }: { comparison: Comparison; start: string }) => {
  const t = useTranslations("schedules.chart");
  const titleId = useId();
  const old = balancePoints(comparison.old, start);
  const next = balancePoints(comparison.new, start);
  const months = Math.max(1, ...[...old, ...next].map(({ month }) => month));
  const most = Math.max(1, ...[...old, ...next].map(({ balance }) => balance));
  const x = (month: number) => LEFT + (month / months) * (WIDTH - LEFT - RIGHT);
  const y = (balance: number) => TOP + (1 - balance / most) * (HEIGHT - TOP - BOTTOM);
  const oldLabel = middleOf(old, 0.25);
  const newLabel = middleOf(next, 0.6);
  const shorter = old.length <= next.length;
  return (
    <figure className="flex flex-col gap-1">
      <figcaption id={titleId} className="font-medium text-ink">
        {t("title")}
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
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
        <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(0)} y2={y(0)} className="stroke-line" />
        {monthTicks(months).map((month) => (
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
        <text
          x={x(oldLabel.month) + (shorter ? -6 : 8)}
          y={y(oldLabel.balance) + (shorter ? 22 : -8)}
          textAnchor={shorter && x(oldLabel.month) > 90 ? "end" : "start"}
          className="fill-warning font-medium"
        >
          {t("old")}
        </text>
        <text
          x={Math.min(x(newLabel.month) + 10, WIDTH - 70)}
          y={y(newLabel.balance) - 10}
          className="fill-primary font-medium"
        >
          {t("new")}
        </text>
      </svg>
    </figure>
  );
};
