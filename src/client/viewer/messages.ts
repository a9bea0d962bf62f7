import type { ViewKind } from '../../domain/attachments.ts';

/** Pages of a PDF that the frame draws; the page says so where there are more. */
export const MOST_PAGES = 200;

/**
 * What the console's page says to the frame that shows an attachment. The frame has an origin of its own that equals no other, so both sides
 * go by who speaks (`source`) and by nothing else.
 */
export type ToFrame =
  /** What is to be shown; its bytes follow in order, then `end`. */
  | { readonly kind: 'show'; readonly view: ViewKind; readonly type: string; readonly name: string }
  | { readonly kind: 'bytes'; readonly bytes: ArrayBuffer }
  | { readonly kind: 'end' }
  /** Sound and video: how fast, how many seconds back, play or pause. */
  | { readonly kind: 'speed'; readonly rate: number }
  | { readonly kind: 'back'; readonly seconds: number }
  | { readonly kind: 'toggle' };

/** What the frame says to the page. */
export type FromFrame =
  | { readonly kind: 'ready' }
  /** Drawn: its height in CSS pixels, and how many pages there are (1 but for PDF). */
  | { readonly kind: 'shown'; readonly height: number; readonly pages: number }
  /** The browser cannot show these bytes. */
  | { readonly kind: 'failed' }
  /** A key that the page may want, or an empty one: somebody is there. */
  | { readonly kind: 'key'; readonly key: string };

const KINDS: readonly string[] = ['ready', 'shown', 'failed', 'key'] satisfies readonly FromFrame['kind'][];

/** Reads what a frame said; null for anything that no frame of ours says. Its numbers are bounded, its texts short. */
export function readFromFrame(data: unknown): FromFrame | null {
  if (typeof data !== 'object' || data === null) return null;
  const kind: unknown = Reflect.get(data, 'kind');
  if (typeof kind !== 'string' || !KINDS.includes(kind)) return null;
  if (kind === 'ready' || kind === 'failed') return { kind };
  if (kind === 'key') {
    const key: unknown = Reflect.get(data, 'key');
    return typeof key === 'string' && key.length <= 20 ? { kind, key } : null;
  }
  const [height, pages] = [Reflect.get(data, 'height'), Reflect.get(data, 'pages')];
  return isCount(height) && isCount(pages) ? { kind: 'shown', height, pages } : null;
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 10_000_000;
