/** A place in a picture, 0…1 of its width and height. */
export type Point = readonly [number, number];
/** The corners of a page, clockwise from the upper left. */
export type Quad = readonly [Point, Point, Point, Point];
export type Turn = 0 | 90 | 180 | 270;

/** Where nothing was found: nearly the whole picture, with handles that can be reached. */
export const WHOLE: Quad = [
  [0.03, 0.03],
  [0.97, 0.03],
  [0.97, 0.97],
  [0.03, 0.97],
];

const cross = (a: Point, b: Point, c: Point): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** All corners turn the same way (clockwise, as the y axis of pictures points down) and none is flat. */
export const isConvex = (quad: Quad): boolean =>
  quad.every(
    (point, index) => cross(point, quad[(index + 1) % 4] ?? point, quad[(index + 2) % 4] ?? point) > 1e-4,
  );

/** The share of the picture inside. */
export const areaOf = (points: readonly Point[]): number =>
  Math.abs(
    points.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y];
      return sum + x * nextY - nextX * y;
    }, 0),
  ) / 2;

/** Four points in the order of a page: clockwise, beginning with the one nearest to the upper left. */
export const ordered = (points: readonly Point[]): Quad | null => {
  const [a, b, c, d] = points;
  if (!a || !b || !c || !d || points.length !== 4) return null;
  const [centerX, centerY] = [(a[0] + b[0] + c[0] + d[0]) / 4, (a[1] + b[1] + c[1] + d[1]) / 4];
  const round = [a, b, c, d].sort(
    (one, other) =>
      Math.atan2(one[1] - centerY, one[0] - centerX) - Math.atan2(other[1] - centerY, other[0] - centerX),
  );
  const sums = round.map(([x, y]) => x + y);
  const first = sums.indexOf(Math.min(...sums));
  const [e, f, g, h] = [...round.slice(first), ...round.slice(0, first)];
  return e && f && g && h ? [e, f, g, h] : null;
};

/** The quad with one corner elsewhere; a place that would turn it inside out is not taken. */
export const withCorner = (quad: Quad, index: number, [x, y]: Point): Quad => {
  const moved: Point = [clamp(x), clamp(y)];
  const [a, b, c, d] = quad.map((point, at) => (at === index ? moved : point));
  if (!a || !b || !c || !d) return quad;
  return isConvex([a, b, c, d]) ? [a, b, c, d] : quad;
};

/** Width and height of the page in units of the picture, for a picture of this size. */
export const pageSize = (quad: Quad, width: number, height: number): { width: number; height: number } => {
  const length = (a: Point, b: Point) => Math.hypot((a[0] - b[0]) * width, (a[1] - b[1]) * height);
  const [a, b, c, d] = quad;
  return { width: (length(a, b) + length(d, c)) / 2, height: (length(a, d) + length(b, c)) / 2 };
};

export const turned = (turn: Turn, by: 90 | -90): Turn => {
  const next = (turn + by + 360) % 360;
  return next === 90 || next === 180 || next === 270 ? next : 0;
};
