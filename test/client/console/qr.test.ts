import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { drawQr, type QrDrawing } from '../../../src/client/console/account/qr.ts';

const SCALE = 4;

/** The drawing as a screen shows it: black squares on white, four pixels a module. */
function rendered({ side, path }: QrDrawing): { width: number; height: number; data: Uint8Array } {
  const width = side * SCALE;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dy = 0; dy < SCALE; dy++)
      for (let dx = 0; dx < SCALE; dx++) {
        const pixel = (Number(y) * SCALE + dy) * width + Number(x) * SCALE + dx;
        data.fill(0, pixel * 4, pixel * 4 + 3);
      }
  return { width, height: width, data };
}

/** Generous, so that a busy machine still reads what is there. */
const read = (drawing: QrDrawing): string => decodeQR(rendered(drawing), { timeLimit: 5000 });

test('a reader finds the key’s address in the drawing, letter for letter', () => {
  const uri =
    'otpauth://totp/TinK%C3%ADn:tohieu.canbo?issuer=TinK%C3%ADn&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30';
  expect(read(drawQr(uri))).toBe(uri);
});

test('a Vietnamese name survives as it was written', () => {
  const uri = 'otpauth://totp/Công an phường Tô Hiệu?secret=JBSWY3DPEHPK3PXP';
  expect(read(drawQr(uri))).toBe(uri);
});

test('four light modules surround the code', () => {
  const { side, path } = drawQr('otpauth://totp/a?secret=JBSWY3DPEHPK3PXP');
  const at = [...path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
  expect([Math.min(...at), Math.max(...at)]).toEqual([4, side - 5]);
});

test('a text that no QR code holds is refused', () => {
  expect(() => drawQr('x'.repeat(2332))).toThrow();
});
