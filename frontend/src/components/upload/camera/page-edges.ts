import { areaOf, isConvex, ordered, type Point, type Quad } from "./quad";

/** Pixels as a canvas gives them: four bytes each, row by row. */
export interface Pixels {
  width: number;
  height: number;
  data: ArrayLike<number>;
}

const MIN_AREA = 0.12;
/** A page fills its outline; a bright sky between trees does not. */
const MIN_FILL = 0.82;
const LEVELS = 256;

/** Paper is bright and has no colour: brightness less what is colourful. */
const paperness = ({ width, height, data }: Pixels): Uint8Array => {
  const out = new Uint8Array(width * height);
  for (let i = 0; i < out.length; i += 1) {
    const [r, g, b] = [data[i * 4] ?? 0, data[i * 4 + 1] ?? 0, data[i * 4 + 2] ?? 0];
    const light = 0.299 * r + 0.587 * g + 0.114 * b;
    out[i] = Math.max(0, light - 0.6 * (Math.max(r, g, b) - Math.min(r, g, b)));
  }
  return out;
};

/** Mean over (2r+1)² by running sums: letters and noise melt into their paper. */
const blurred = (values: Uint8Array, width: number, height: number, radius: number): Uint8Array => {
  const pass = (from: Uint8Array, lines: number, length: number, step: number, jump: number) => {
    const to = new Uint8Array(from.length);
    for (let line = 0; line < lines; line += 1) {
      const at = (index: number) => from[line * jump + Math.min(length - 1, Math.max(0, index)) * step] ?? 0;
      let sum = 0;
      for (let k = -radius; k <= radius; k += 1) sum += at(k);
      for (let index = 0; index < length; index += 1) {
        to[line * jump + index * step] = sum / (2 * radius + 1);
        sum += at(index + radius + 1) - at(index - radius);
      }
    }
    return to;
  };
  return pass(pass(values, height, width, 1, width), width, height, width, 1);
};

/** Otsu's threshold: the level that parts the picture into two most different halves. */
const threshold = (values: Uint8Array): number => {
  const counts = new Float64Array(LEVELS);
  values.forEach((value) => {
    counts[value] = (counts[value] ?? 0) + 1;
  });
  const total = counts.reduce((sum, count, level) => sum + count * level, 0);
  let [below, sumBelow, best, found] = [0, 0, -1, 127];
  counts.forEach((count, level) => {
    below += count;
    sumBelow += count * level;
    const above = values.length - below;
    if (below === 0 || above === 0) return;
    const gap = sumBelow / below - (total - sumBelow) / above;
    const between = below * above * gap * gap;
    if (between > best) [best, found] = [between, level];
  });
  return found;
};

interface Region {
  size: number;
  /** Leftmost and rightmost pixel of each row that has any. */
  rim: Point[];
}

/** The largest region of bright pixels that touch each other. */
const largestRegion = (isBright: (index: number) => boolean, width: number, height: number): Region => {
  const seen = new Uint8Array(width * height);
  const stack: number[] = [];
  let best: Region = { size: 0, rim: [] };
  for (let start = 0; start < seen.length; start += 1) {
    if (seen[start] || !isBright(start)) continue;
    const [left, right] = [new Int32Array(height).fill(width), new Int32Array(height).fill(-1)];
    let size = 0;
    seen[start] = 1;
    stack.push(start);
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      const [x, y] = [index % width, Math.floor(index / width)];
      size += 1;
      left[y] = Math.min(left[y] ?? width, x);
      right[y] = Math.max(right[y] ?? -1, x);
      const near = [x > 0 ? index - 1 : -1, x < width - 1 ? index + 1 : -1, index - width, index + width];
      for (const next of near) {
        if (next < 0 || next >= seen.length || seen[next] || !isBright(next)) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    if (size > best.size) best = { size, rim: rimOf(left, right) };
  }
  return best;
};

const rimOf = (left: Int32Array, right: Int32Array): Point[] => {
  const rim: Point[] = [];
  left.forEach((from, y) => {
    const to = right[y] ?? -1;
    // Corners of pixels, not their middles: the page ends at the far side of its last pixel.
    if (to >= 0) rim.push([from, y], [from, y + 1], [to + 1, y], [to + 1, y + 1]);
  });
  return rim;
};

const cross = (a: Point, b: Point, c: Point): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Andrew's monotone chain. */
const hullOf = (points: readonly Point[]): Point[] => {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of list) {
      for (;;) {
        const [before, last] = [chain.at(-2), chain.at(-1)];
        if (!before || !last || cross(before, last, point) > 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
};

const meeting = (a: Point, b: Point, c: Point, d: Point): Point | null => {
  const det = (a[0] - b[0]) * (c[1] - d[1]) - (a[1] - b[1]) * (c[0] - d[0]);
  if (Math.abs(det) < 1e-9) return null;
  const [ab, cd] = [a[0] * b[1] - a[1] * b[0], c[0] * d[1] - c[1] * d[0]];
  return [(ab * (c[0] - d[0]) - (a[0] - b[0]) * cd) / det, (ab * (c[1] - d[1]) - (a[1] - b[1]) * cd) / det];
};

/**
 * Makes a convex outline a quadrilateral: again and again the side goes whose neighbours, drawn out until they meet, add
 * least. A folded corner or a thumb on the rim costs little and so disappears first.
 */
const fourSided = (hull: Point[]): Point[] | null => {
  let points = hull;
  while (points.length > 4) {
    let best: { cost: number; at: number; point: Point } | null = null;
    for (let at = 0; at < points.length; at += 1) {
      const pick = (step: number) => points[(at + step + points.length) % points.length] ?? [0, 0];
      const [before, from, to, after] = [pick(-1), pick(0), pick(1), pick(2)];
      const point = meeting(before, from, to, after);
      // Neighbours that meet on the inner side of the line between them do not close the gap.
      if (!point || cross(from, to, point) >= 0) continue;
      const cost = areaOf([from, point, to]);
      if (!best || cost < best.cost) best = { cost, at, point };
    }
    if (!best) return null;
    const { at, point } = best;
    const next = (at + 1) % points.length;
    points = points.map((old, index) => (index === at ? point : old)).filter((_, index) => index !== next);
  }
  return points.length === 4 ? points : null;
};

/**
 * The corners of a page in a photo, or null when no page can be told from its background.
 *
 * In: a picture made small (about 300 px is enough and takes some milliseconds on an old phone). Out: corners 0…1,
 * clockwise from the upper left. The page has to be the largest bright thing without colour, cover an eighth of the
 * picture and have four sides; it may be turned, seen from the side, written on, or have a folded corner.
 */
export const findPage = (pixels: Pixels): Quad | null => {
  const { width, height } = pixels;
  const values = blurred(
    paperness(pixels),
    width,
    height,
    Math.max(1, Math.round(Math.min(width, height) / 120)),
  );
  const level = threshold(values);
  const { size, rim } = largestRegion((index) => (values[index] ?? 0) > level, width, height);
  if (size < MIN_AREA * width * height) return null;
  const sides = fourSided(hullOf(rim));
  if (!sides || size < MIN_FILL * areaOf(sides)) return null;
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const quad = ordered(sides.map(([x, y]): Point => [clamp(x / width), clamp(y / height)]));
  // A picture that is bright all over has no page in it that could be cut out.
  if (!quad || !isConvex(quad) || areaOf(quad) > 0.985) return null;
  return quad;
};
