import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fontkit from '@cantoo/fontkit';
import type { PDFDocument, PDFFont } from '@cantoo/pdf-lib';
import { projectRoot } from '../../instance/project-root.ts';
import { UsageError } from '../io.ts';

/** Files that together hold every letter: plain Latin first, so that most text stays in one font. */
const PARTS = ['latin', 'vietnamese', 'latin-ext'] as const;

/** A stretch of text that one font draws. */
export interface Run {
  readonly font: PDFFont;
  readonly text: string;
}

/** One weight of Be Vietnam Pro within a document. */
export interface Typeface {
  runs(text: string): readonly Run[];
  /** Width of a text in points at this size. */
  width(text: string, size: number): number;
}

const fontFile = (part: string, weight: number): Uint8Array => {
  const name = `be-vietnam-pro-${part}-${weight}-normal.woff`;
  const path = join(projectRoot(), 'node_modules', '@fontsource', 'be-vietnam-pro', 'files', name);
  try {
    return readFileSync(path);
  } catch {
    throw new UsageError(`The font file ${name} cannot be read: run npm ci in the project's folder.`);
  }
};

/** Embeds a weight (400 or 600), the letters that are used alone. Throws UsageError when the font files are not installed. */
export async function embedTypeface(document: PDFDocument, weight: 400 | 600): Promise<Typeface> {
  document.registerFontkit(fontkit);
  const parts: { readonly font: PDFFont; readonly letters: ReadonlySet<number> }[] = [];
  for (const part of PARTS) {
    const font = await document.embedFont(fontFile(part, weight), { subset: true });
    parts.push({ font, letters: new Set(font.getCharacterSet()) });
  }
  const runs = (text: string): readonly Run[] => {
    const found: { font: PDFFont; text: string }[] = [];
    for (const letter of text.normalize('NFC')) {
      const own = parts.find(({ letters }) => letters.has(letter.codePointAt(0) ?? 0));
      const part = own ?? parts[0];
      if (part === undefined) continue;
      // A letter of no part is drawn as a question mark rather than as nothing.
      const drawn = own === undefined ? '?' : letter;
      const last = found.at(-1);
      if (last?.font === part.font) last.text += drawn;
      else found.push({ font: part.font, text: drawn });
    }
    return found;
  };
  const width = (text: string, size: number): number =>
    runs(text).reduce((sum, run) => sum + run.font.widthOfTextAtSize(run.text, size), 0);
  return { runs, width };
}
