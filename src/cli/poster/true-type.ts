/** What a PDF needs to know of a font: measures in thousandths of its size, and which glyph draws a character. */
export interface FontFacts {
  readonly bytes: Uint8Array;
  readonly box: readonly [number, number, number, number];
  readonly ascent: number;
  readonly descent: number;
  /** Advance of every glyph. */
  readonly widths: readonly number[];
  /** Glyph by code point; a character that is not there has none. */
  readonly glyphs: ReadonlyMap<number, number>;
}

/** Reads a TrueType font (ISO/IEC 14496-22: head, hhea, hmtx, cmap format 4). Throws `Error` for a font without one of them. */
export function readTrueType(bytes: Uint8Array): FontFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let at = 0; at < view.getUint16(4); at++) {
    const entry = 12 + at * 16;
    tables.set(String.fromCharCode(...bytes.subarray(entry, entry + 4)), view.getUint32(entry + 8));
  }
  const table = (tag: string): number => {
    const offset = tables.get(tag);
    if (offset === undefined) throw new Error(`the font has no ${tag} table`);
    return offset;
  };
  const [head, hhea, hmtx] = [table('head'), table('hhea'), table('hmtx')];
  const unit = view.getUint16(head + 18);
  const scaled = (value: number): number => Math.round((value * 1000) / unit);
  const measured = view.getUint16(hhea + 34);
  const widths = Array.from({ length: view.getUint16(table('maxp') + 4) }, (_, glyph) =>
    // Glyphs beyond the table are as wide as its last.
    scaled(view.getUint16(hmtx + Math.min(glyph, measured - 1) * 4)),
  );
  const boxAt = (by: number): number => scaled(view.getInt16(head + by));
  return {
    bytes,
    box: [boxAt(36), boxAt(38), boxAt(40), boxAt(42)],
    ascent: scaled(view.getInt16(hhea + 4)),
    descent: scaled(view.getInt16(hhea + 6)),
    widths,
    glyphs: readGlyphs(view, table('cmap')),
  };
}

function readGlyphs(view: DataView, cmap: number): Map<number, number> {
  for (let at = 0; at < view.getUint16(cmap + 2); at++) {
    const subtable = cmap + view.getUint32(cmap + 4 + at * 8 + 4);
    if (view.getUint16(subtable) === 4) return readFormat4(view, subtable);
  }
  throw new Error('the font has no cmap of format 4');
}

function readFormat4(view: DataView, table: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  const doubled = view.getUint16(table + 6);
  const [ends, starts] = [table + 14, table + 16 + doubled];
  const [deltas, offsets] = [starts + doubled, starts + 2 * doubled];
  for (let segment = 0; segment < doubled; segment += 2) {
    const end = view.getUint16(ends + segment);
    const start = view.getUint16(starts + segment);
    const delta = view.getUint16(deltas + segment);
    const offset = view.getUint16(offsets + segment);
    for (let code = start; code <= end && code < 0xffff; code++) {
      const direct = offset === 0 ? code : view.getUint16(offsets + segment + offset + (code - start) * 2);
      const glyph = direct === 0 ? 0 : (direct + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
}
