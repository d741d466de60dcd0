import { expect, test } from "vitest";

import { findPage, type Pixels } from "./page-edges";
import {
  areaOf,
  isConvex,
  ordered,
  type Point,
  pageSize,
  type Quad,
  turned,
  WHOLE,
  withCorner,
} from "./quad";
import { project, straightening } from "./homography";

type Paint = (x: number, y: number) => readonly [number, number, number];

const picture = (width: number, height: number, paint: Paint): Pixels => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set([...paint(x / width, y / height), 255], (y * width + x) * 4);
  }
  return { width, height, data };
};

const inside = (quad: readonly Point[], x: number, y: number) =>
  quad.every(([ax, ay], index) => {
    const [bx, by] = quad[(index + 1) % quad.length] ?? [0, 0];
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0;
  });

/** The same every time, yet without a pattern. */
const noise = (x: number, y: number) => Math.abs(Math.sin(x * 1271.3 + y * 3117.7) * 43758.5) % 1;

const WOOD = [120, 78, 45] as const;

const onTable = (quad: readonly Point[], change: Paint = () => [235, 233, 228]): Paint => {
  return (x, y) => {
    const grain = noise(x, y) * 24 - 12;
    const [r, g, b] = inside(quad, x, y) ? change(x, y) : WOOD;
    return [r + grain, g + grain, b + grain];
  };
};

const farthest = (found: Quad | null, wanted: Quad): number =>
  found
    ? Math.max(...found.map(([x, y], index) => Math.hypot(x - wanted[index]![0], y - wanted[index]![1])))
    : 1;

const PAGES: [string, Quad][] = [
  [
    "straight",
    [
      [0.15, 0.1],
      [0.85, 0.1],
      [0.85, 0.9],
      [0.15, 0.9],
    ],
  ],
  [
    "a little turned",
    [
      [0.2, 0.08],
      [0.9, 0.16],
      [0.82, 0.92],
      [0.12, 0.84],
    ],
  ],
  [
    "seen from the side",
    [
      [0.28, 0.12],
      [0.75, 0.14],
      [0.95, 0.9],
      [0.06, 0.86],
    ],
  ],
  [
    "turned by nearly half a right angle",
    [
      [0.45, 0.08],
      [0.92, 0.45],
      [0.55, 0.92],
      [0.08, 0.55],
    ],
  ],
  [
    "running out of the picture",
    [
      [0.1, 0],
      [0.9, 0],
      [0.9, 0.8],
      [0.1, 0.8],
    ],
  ],
];

test.each(PAGES)("a page on a wooden table is found: %s", (_, quad) => {
  const found = findPage(picture(300, 400, onTable(quad)));
  expect(farthest(found, ordered(quad)!)).toBeLessThan(0.015);
});

test("text, a stamp and a shadow over half of the page do not lead astray", () => {
  const quad = PAGES[2]![1];
  const page: Paint = (x, y) => {
    const shade = x > 0.5 ? 0.8 : 1;
    if (Math.hypot(x - 0.6, y - 0.7) < 0.08) return [70 * shade, 80 * shade, 190 * shade];
    const isLetter = Math.floor(y * 60) % 2 === 0 && noise(Math.floor(x * 150), Math.floor(y * 60)) > 0.5;
    const light = (isLetter && x > 0.3 && x < 0.72 ? 60 : 235) * shade;
    return [light, light, light * 0.97];
  };
  expect(farthest(findPage(picture(300, 400, onTable(quad, page))), quad)).toBeLessThan(0.02);
});

test("a folded corner and a thumb on the rim are drawn straight", () => {
  const quad = PAGES[0]![1];
  const page: Paint = (x, y) => {
    if (x + (1 - y) * 0.9 < 0.32) return WOOD;
    if (Math.hypot(x - 0.85, (y - 0.5) * 1.3) < 0.06) return [190, 130, 100];
    return [235, 233, 228];
  };
  expect(farthest(findPage(picture(300, 400, onTable(quad, page))), quad)).toBeLessThan(0.03);
});

test("the largest of two papers is taken", () => {
  const big: Quad = [
    [0.1, 0.3],
    [0.9, 0.3],
    [0.9, 0.95],
    [0.1, 0.95],
  ];
  const small: Quad = [
    [0.1, 0.03],
    [0.5, 0.03],
    [0.5, 0.2],
    [0.1, 0.2],
  ];
  const paint: Paint = (x, y) => (inside(big, x, y) || inside(small, x, y) ? [230, 230, 228] : WOOD);
  expect(farthest(findPage(picture(300, 400, paint)), big)).toBeLessThan(0.015);
});

test("where there is no page, none is made up", () => {
  expect(findPage(picture(200, 200, () => [240, 240, 240]))).toBeNull();
  expect(findPage(picture(200, 200, () => [20, 20, 20]))).toBeNull();
  expect(
    findPage(picture(200, 200, (x, y) => (noise(x, y) > 0.5 ? [250, 250, 250] : [10, 10, 10]))),
  ).toBeNull();
  // A round plate is bright and large, but no sheet of paper.
  expect(
    findPage(picture(200, 200, (x, y) => (Math.hypot(x - 0.5, y - 0.5) < 0.18 ? [250, 250, 250] : WOOD))),
  ).toBeNull();
  // A cross of two strips fills its outline badly.
  const isCross: Paint = (x, y) =>
    (Math.abs(x - 0.5) < 0.12 || Math.abs(y - 0.5) < 0.12) &&
    Math.abs(x - 0.5) < 0.45 &&
    Math.abs(y - 0.5) < 0.45
      ? [250, 250, 250]
      : WOOD;
  expect(findPage(picture(200, 200, isCross))).toBeNull();
});

test("a picture of 300 × 400 takes less than a frame or two of an old phone", () => {
  const shot = picture(300, 400, onTable(PAGES[1]![1]));
  findPage(shot);
  const begin = performance.now();
  for (let i = 0; i < 5; i += 1) findPage(shot);
  expect((performance.now() - begin) / 5).toBeLessThan(120);
});

test("a corner that would turn the page inside out stays where it was", () => {
  expect(withCorner(WHOLE, 0, [0.5, 0.4])[0]).toEqual([0.5, 0.4]);
  expect(withCorner(WHOLE, 0, [0.9, 0.9])).toBe(WHOLE);
  expect(withCorner(WHOLE, 2, [1.4, 1.2])[2]).toEqual([1, 1]);
  expect(isConvex(WHOLE)).toBe(true);
  expect(areaOf(WHOLE)).toBeCloseTo(0.94 * 0.94);
  expect(pageSize(WHOLE, 100, 200).width).toBeCloseTo(94);
});

test("the page is laid straight: its corners land in the corners of the box", () => {
  const quad = PAGES[2]![1];
  const matrix = straightening(quad, 300, 400, 210, 297)!;
  const box = [
    [0, 0],
    [210, 0],
    [210, 297],
    [0, 297],
  ];
  quad.forEach(([x, y], index) => {
    const [outX, outY] = project(matrix, x * 300, y * 400);
    expect(outX).toBeCloseTo(box[index]![0]!, 3);
    expect(outY).toBeCloseTo(box[index]![1]!, 3);
  });
  expect(
    straightening(
      [
        [0, 0],
        [0.5, 0.5],
        [1, 1],
        [0.2, 0.2],
      ],
      10,
      10,
      10,
      10,
    ),
  ).toBeNull();
});

test("a turn goes round", () => {
  expect([turned(0, 90), turned(270, 90), turned(0, -90), turned(180, -90)]).toEqual([90, 0, 270, 90]);
});
