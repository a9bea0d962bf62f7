import { closePath, fill, lineTo, moveTo, type PDFPage, rgb, setFillingRgbColor } from '@cantoo/pdf-lib';
import { encodeQR } from 'qr';
import type { Typeface } from './typeface.ts';

/** Points in a millimetre. */
export const MM = 72 / 25.4;

export type Ink = readonly [number, number, number];
export const INK: Ink = [0.1, 0.12, 0.12];
export const SOFT: Ink = [0.33, 0.37, 0.36];
export const TEAL: Ink = [0.043, 0.353, 0.341];
export const RED: Ink = [0.64, 0.13, 0.1];

/** Text that is set: where it begins (top left), how wide it may run. Points. */
export interface TextBlock {
  readonly text: string;
  readonly face: Typeface;
  readonly size: number;
  readonly x: number;
  readonly top: number;
  readonly width: number;
  readonly ink?: Ink;
  /** Distance of lines in sizes; 1.35 unless something else is said, for the marks above and below Vietnamese letters. */
  readonly leading?: number;
}

/** Words in lines no wider than `width`; a word that is wider by itself, such as an address, is broken where it must be. */
export function linesOf(text: string, face: Typeface, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const put = (word: string): void => {
    const joined = line === '' ? word : `${line} ${word}`;
    if (face.width(joined, size) <= width) {
      line = joined;
      return;
    }
    if (line !== '') lines.push(line);
    line = '';
    let rest = word;
    while (face.width(rest, size) > width) {
      let fits = rest.length - 1;
      while (fits > 1 && face.width(rest.slice(0, fits), size) > width) fits--;
      lines.push(rest.slice(0, fits));
      rest = rest.slice(fits);
    }
    line = rest;
  };
  for (const word of text.split(' ')) put(word);
  if (line !== '') lines.push(line);
  return lines;
}

/** One side of paper, measured from its top left corner in points. */
export class Sheet {
  readonly #page: PDFPage;

  constructor(page: PDFPage) {
    this.#page = page;
  }

  /** Sets a text and gives the distance from the top to below its last line. */
  text(block: TextBlock): number {
    const { face, size, x, top, width, ink = INK, leading = 1.35 } = block;
    const lines = linesOf(block.text, face, size, width);
    for (const [at, line] of lines.entries()) {
      let left = x;
      // The first line's letters stand within its leading.
      const y = this.#page.getHeight() - top - size * leading * (at + 0.76);
      for (const { font, text } of face.runs(line)) {
        this.#page.drawText(text, { x: left, y, font, size, color: rgb(...ink) });
        left += font.widthOfTextAtSize(text, size);
      }
    }
    return top + lines.length * size * leading;
  }

  /** Fills a rectangle. */
  box(x: number, top: number, width: number, height: number, ink: Ink): void {
    const y = this.#page.getHeight() - top - height;
    this.#page.drawRectangle({ x, y, width, height, color: rgb(...ink) });
  }

  /** A hairline frame, for cutting. */
  frame(x: number, top: number, width: number, height: number): void {
    const y = this.#page.getHeight() - top - height;
    this.#page.drawRectangle({ x, y, width, height, borderWidth: 0.3, borderColor: rgb(0.6, 0.6, 0.6) });
  }

  /** A QR code with its quiet zone in a square; one shape, so that no reader sees seams between its modules. */
  qr(text: string, x: number, top: number, side: number): void {
    const modules = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
    const step = side / modules.length;
    const height = this.#page.getHeight();
    this.#page.pushOperators(setFillingRgbColor(0, 0, 0));
    for (const [row, line] of modules.entries())
      for (const [column, dark] of line.entries()) {
        if (!dark) continue;
        const [left, upper] = [x + column * step, height - top - row * step];
        this.#page.pushOperators(
          moveTo(left, upper),
          lineTo(left + step, upper),
          lineTo(left + step, upper - step),
          lineTo(left, upper - step),
          closePath(),
        );
      }
    this.#page.pushOperators(fill());
  }
}
