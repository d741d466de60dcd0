import type { Quad } from "./quad";

/**
 * The projective map of the unit square onto four corners (Heckbert 1989, «square to quad»), as the nine numbers of
 * x' = (ax + by + c) / (gx + hy + 1), y' = (dx + ey + f) / (gx + hy + 1). Null for corners on one line.
 */
const squareTo = (corners: Quad, width: number, height: number): readonly number[] | null => {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = [
    scaled(corners[0], width, height),
    scaled(corners[1], width, height),
    scaled(corners[2], width, height),
    scaled(corners[3], width, height),
  ];
  const [dx1, dx2, sx] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, sy] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const det = dx1 * dy2 - dx2 * dy1;
  if (Math.abs(det) < 1e-9) return null;
  const g = (sx * dy2 - dx2 * sy) / det;
  const h = (dx1 * sy - sx * dy1) / det;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
};

const scaled = ([x, y]: readonly [number, number], width: number, height: number) =>
  [x * width, y * height] as const;

const adjugate = (m: readonly number[]): readonly number[] => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
};

/**
 * CSS `matrix3d` that lays the page inside `corners` of a picture `width` × `height` onto a box `outWidth` × `outHeight`:
 * the look of the straightened page without touching a pixel. Null when the corners make no page.
 */
export const straightening = (
  corners: Quad,
  width: number,
  height: number,
  outWidth: number,
  outHeight: number,
): string | null => {
  const map = squareTo(corners, width, height);
  if (!map) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 1] = adjugate(map);
  if (Math.abs(i) < 1e-12) return null;
  const rows = [
    a * outWidth,
    b * outWidth,
    c * outWidth,
    d * outHeight,
    e * outHeight,
    f * outHeight,
    g,
    h,
    i,
  ].map((value) => value / i);
  const [p = 0, q = 0, r = 0, s = 0, t = 0, u = 0, v = 0, w = 0] = rows;
  return `matrix3d(${[p, s, 0, v, q, t, 0, w, 0, 0, 1, 0, r, u, 0, 1].map((value) => +value.toPrecision(9)).join(",")})`;
};

/** Where that map takes one point of the picture; for tests and for whoever has no CSS at hand. */
export const project = (matrix: string, x: number, y: number): [number, number] => {
  const [a = 0, d = 0, , g = 0, b = 0, e = 0, , h = 0, , , , , c = 0, f = 0, , i = 1] = matrix
    .slice("matrix3d(".length, -1)
    .split(",")
    .map(Number);
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
};
