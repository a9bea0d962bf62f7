const QUALITY = 0.92;
/** Side of the pattern that is drawn and read back. */
const PATTERN = 8;

/** An image drawn anew from its pixels: whatever else the file held is not in the new one. Turned as it is meant to be seen. */
export async function redraw(file: Blob, type: string): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    const lossless = type === 'image/png' || type === 'image/gif';
    if (!lossless) {
      // JPEG knows no transparency: what was clear becomes paper, not black.
      context.fillStyle = '#ffffff';
      context.fillRect(0, 0, bitmap.width, bitmap.height);
    }
    context.drawImage(bitmap, 0, 0);
    return await canvas.convertToBlob(
      lossless ? { type: 'image/png' } : { type: 'image/jpeg', quality: QUALITY },
    );
  } finally {
    bitmap.close();
  }
}

/** A colour for each place of the pattern. */
const colour = (x: number, y: number): readonly [number, number, number] => [x * 32, y * 32, (x ^ y) * 32];

/**
 * True when a canvas gives back what was drawn. Browsers that resist fingerprinting (Tor Browser) give back noise, and a photo redrawn
 * there would be noise.
 */
export function canvasIsHonest(): boolean {
  if (typeof OffscreenCanvas === 'undefined' || typeof createImageBitmap === 'undefined') return false;
  try {
    const context = new OffscreenCanvas(PATTERN, PATTERN).getContext('2d');
    if (context === null) return false;
    const places = Array.from({ length: PATTERN * PATTERN }, (_, i) => [
      i % PATTERN,
      Math.floor(i / PATTERN),
    ]);
    for (const [x = 0, y = 0] of places) {
      context.fillStyle = `rgb(${colour(x, y).join(',')})`;
      context.fillRect(x, y, 1, 1);
    }
    const { data } = context.getImageData(0, 0, PATTERN, PATTERN);
    return places.every(([x = 0, y = 0], i) => colour(x, y).every((value, c) => data[i * 4 + c] === value));
  } catch {
    return false;
  }
}
