import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ATTACHMENT_LIMITS, cleanFileName, viewKind } from '../../src/domain/attachments.ts';

describe('a file’s name', () => {
  test('loses folders, control characters and marks that turn the reading direction', () => {
    expect(cleanFileName('C:\\Users\\an\\ảnh.jpg')).toBe('ảnh.jpg');
    expect(cleanFileName('../../a.pdf')).toBe('a.pdf');
    expect(cleanFileName('a\u202Egpj.exe\u0000')).toBe('agpj.exe');
    expect(cleanFileName('/')).toBe('tep');
  });

  test('of anything is never empty, never too long, and clean already when cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (name) => {
        const clean = cleanFileName(name);
        expect(clean.length).toBeGreaterThan(0);
        expect(clean.length).toBeLessThanOrEqual(ATTACHMENT_LIMITS.name);
        expect(cleanFileName(clean)).toBe(clean);
      }),
      { numRuns: 1000 },
    );
  });
});

test('only pictures, sound, film and PDF are shown; what may carry script is not', () => {
  expect(viewKind('image/jpeg')).toBe('image');
  for (const type of ['image/svg+xml', 'text/html', 'application/zip', '']) expect(viewKind(type)).toBeNull();
});
