import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PDFDocument, PDFHexString, type PDFRef, PDFString } from '@cantoo/pdf-lib';
import { projectRoot } from '../../instance/project-root.ts';
import { UsageError } from '../io.ts';
import { type FontFacts, readTrueType } from './true-type.ts';
import { sfntFromWoff } from './woff.ts';

/** Files that together hold every letter: plain Latin first, so that most text stays in one font. */
const PARTS = ['latin', 'vietnamese', 'latin-ext'] as const;

/** A stretch of text that one font draws. */
export interface Run {
  readonly font: PDFRef;
  /** Glyph numbers, two bytes each, as hex. */
  readonly hex: string;
  /** Thousandths of the font's size. */
  readonly width: number;
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
    return sfntFromWoff(readFileSync(path));
  } catch {
    throw new UsageError(`The font file ${name} cannot be read: run npm ci in the project's folder.`);
  }
};

/** Embeds a weight (400 or 600). Throws UsageError when the font files are not installed. */
export function embedTypeface(document: PDFDocument, weight: 400 | 600): Typeface {
  const parts = PARTS.map((part) => {
    const facts = readTrueType(fontFile(part, weight));
    return { facts, ref: embed(document, facts, `BeVietnamPro-${weight}-${part}`) };
  });
  const partOf = (code: number) => parts.find(({ facts }) => facts.glyphs.has(code));
  const runs = (text: string): readonly Run[] => {
    const found: { font: PDFRef; hex: string; width: number }[] = [];
    for (const letter of text.normalize('NFC')) {
      const code = letter.codePointAt(0) ?? 0;
      // A letter of no part is drawn as a question mark rather than as nothing.
      const part = partOf(code) ?? parts[0];
      const glyph = part?.facts.glyphs.get(code) ?? part?.facts.glyphs.get(0x3f) ?? 0;
      if (part === undefined) continue;
      const hex = glyph.toString(16).padStart(4, '0');
      const width = part.facts.widths[glyph] ?? 0;
      const last = found.at(-1);
      if (last?.font === part.ref) {
        last.hex += hex;
        last.width += width;
      } else found.push({ font: part.ref, hex, width });
    }
    return found;
  };
  return {
    runs,
    width: (text, size) => (runs(text).reduce((sum, run) => sum + run.width, 0) * size) / 1000,
  };
}

/** A font as a CIDFontType2 whose character codes are its glyph numbers (ISO 32000-2, sections 9.7.4 and 9.10.3). */
function embed({ context }: PDFDocument, facts: FontFacts, name: string): PDFRef {
  const file = context.register(context.flateStream(facts.bytes, { Length1: facts.bytes.length }));
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: name,
      // Symbolic: the codes are glyphs.
      Flags: 4,
      FontBBox: [...facts.box],
      ItalicAngle: 0,
      Ascent: facts.ascent,
      Descent: facts.descent,
      CapHeight: facts.ascent,
      StemV: 80,
      FontFile2: file,
    }),
  );
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 0,
      W: [0, [...facts.widths]],
      CIDToGIDMap: 'Identity',
    }),
  );
  const meaning = context.register(context.flateStream(toUnicode(facts)));
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: meaning,
    }),
  );
}

/** Lets readers copy and search the text, and screen readers speak it. */
function toUnicode({ glyphs }: FontFacts): string {
  const hex = (value: number): string => value.toString(16).padStart(4, '0');
  const lines = [...glyphs].map(([code, glyph]) => `<${hex(glyph)}> <${hex(code)}>`);
  const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, at) => {
    const some = lines.slice(at * 100, at * 100 + 100);
    return `${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`;
  });
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}

/** Glyph numbers as they are shown. */
export const shown = (run: Run): PDFHexString => PDFHexString.of(run.hex);
