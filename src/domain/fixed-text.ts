const BLANK = 0x20;

/**
 * A text as exactly so many bytes of UTF-8, NFC, filled with blanks at its end: so that nobody on the way can tell one from another by its
 * length. Throws RangeError when it is longer.
 */
export const fixedText = (text: string, bytes: number): Uint8Array => {
  const encoded = new TextEncoder().encode(text.normalize('NFC'));
  if (encoded.length > bytes) throw new RangeError(`${encoded.length} bytes do not fit into ${bytes}`);
  const filled = new Uint8Array(bytes).fill(BLANK);
  filled.set(encoded);
  return filled;
};

/** The moments of a day (seconds after 00:00 UTC+7) at which a digest is sent; a moment that passed more than an hour ago is left out. */
export const slotAt = (secondOfDay: number, slots: readonly number[]): number | null =>
  slots.findLast((slot) => secondOfDay >= slot && secondOfDay < slot + 3600) ?? null;
