import { COPY_LIMITS } from '../../../domain/working-copy.ts';
import { Problem } from '../http.ts';
import { type Area, pixelsOf } from './areas.ts';

const QUALITY = 0.9;

/** The pixels of a picture that was drawn anew, no larger than a copy's may be. */
export async function bitmapOf(file: Blob): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file);
  const scale = COPY_LIMITS.side / Math.max(whole.width, whole.height);
  if (scale >= 1) return whole;
  try {
    return await createImageBitmap(whole, {
      resizeWidth: Math.max(1, Math.round(whole.width * scale)),
      resizeHeight: Math.max(1, Math.round(whole.height * scale)),
      resizeQuality: 'high',
    });
  } finally {
    whole.close();
  }
}

/** Draws a picture with its areas black, as it will be sealed; `chosen` is outlined, on the screen alone. */
export function paint(
  canvas: HTMLCanvasElement,
  bitmap: ImageBitmap,
  areas: readonly Area[],
  chosen: Area | null = null,
): void {
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Problem('picture_closed');
  context.drawImage(bitmap, 0, 0);
  context.fillStyle = '#000000';
  for (const area of areas) {
    const { x, y, width, height } = pixelsOf(area, bitmap);
    context.fillRect(x, y, width, height);
  }
  if (chosen === null) return;
  const { x, y, width, height } = pixelsOf(chosen, bitmap);
  const line = Math.max(2, Math.round(Math.max(bitmap.width, bitmap.height) / 250));
  context.lineWidth = line;
  context.strokeStyle = '#ffffff';
  context.strokeRect(x, y, width, height);
  context.strokeStyle = '#b3261e';
  context.setLineDash([line * 3, line * 3]);
  context.strokeRect(x, y, width, height);
}

const encoded = (canvas: HTMLCanvasElement, type: string): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob?.type === type ? resolve(blob) : reject(new Problem('picture_closed'))),
      type,
      QUALITY,
    );
  });

/**
 * The picture with its areas painted over: what was below is gone before anything is encoded, and nothing but pixels goes into the file. A
 * drawing stays one (PNG) unless that is too large. Throws Problem `picture_closed`.
 */
export async function drawnAnew(bitmap: ImageBitmap, areas: readonly Area[], type: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  paint(canvas, bitmap, areas);
  if (type === 'image/png') {
    const blob = await encoded(canvas, type);
    if (blob.size <= COPY_LIMITS.picture) return blob;
  }
  return encoded(canvas, 'image/jpeg');
}
