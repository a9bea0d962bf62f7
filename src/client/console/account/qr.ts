import { encodeQR } from 'qr';

/** Light modules around the code without which readers do not find it (ISO/IEC 18004:2024, section 9.1). */
const QUIET = 4;

/** A QR code as one SVG path of unit squares, in a square of `side` modules a side, its quiet zone included. */
export interface QrDrawing {
  readonly side: number;
  readonly path: string;
}

/** Draws a text as a QR code that survives 15 % damage. Throws when no QR code holds the text (beyond 2 331 bytes). */
export const drawQr = (text: string): QrDrawing => {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
  const path = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return { side: modules.length, path };
};
