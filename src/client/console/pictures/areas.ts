/** A black area, in shares of the picture's width and height: 0 is left and top, 1 right and bottom. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Most areas of one picture. */
export const MOST_AREAS = 100;
/** Smallest side of an area, and what one key press moves it by. */
const LEAST = 0.01;
const STEP = 0.01;

const within = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value));

/** Where an area begins that is made by a key: in the middle, large enough to be seen. */
export const MIDDLE: Area = { x: 0.35, y: 0.4, w: 0.3, h: 0.2 };

/** The area between two corners, cut off at the picture's edge; null for a mere press. */
export function areaBetween(one: Point, other: Point): Area | null {
  const [left, right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)].map((x) => within(x, 0, 1));
  const [top, bottom] = [Math.min(one.y, other.y), Math.max(one.y, other.y)].map((y) => within(y, 0, 1));
  if (left === undefined || right === undefined || top === undefined || bottom === undefined) return null;
  const area = { x: left, y: top, w: right - left, h: bottom - top };
  return area.w < LEAST || area.h < LEAST ? null : area;
}

const moved = (area: Area, dx: number, dy: number): Area => ({
  ...area,
  x: within(area.x + dx, 0, 1 - area.w),
  y: within(area.y + dy, 0, 1 - area.h),
});

const sized = (area: Area, dw: number, dh: number): Area => ({
  ...area,
  w: within(area.w + dw, LEAST, 1 - area.x),
  h: within(area.h + dh, LEAST, 1 - area.y),
});

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** The area after a key: arrows move it, with Shift they make it wider, narrower, taller or lower. Null for every other key. */
export function areaAfter(area: Area, key: string, shift: boolean): Area | null {
  const arrow = ARROWS[key];
  if (arrow === undefined) return null;
  return (shift ? sized : moved)(area, ...arrow);
}

/** The pixels of an area, each that it touches among them. */
export function pixelsOf(
  { x, y, w, h }: Area,
  size: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const [left, top] = [Math.floor(x * size.width), Math.floor(y * size.height)];
  return {
    ...{ x: left, y: top },
    width: Math.min(size.width, Math.ceil((x + w) * size.width)) - left,
    height: Math.min(size.height, Math.ceil((y + h) * size.height)) - top,
  };
}
