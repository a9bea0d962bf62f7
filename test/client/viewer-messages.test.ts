import { describe, expect, test } from 'vitest';
import { readFromFrame } from '../../src/client/viewer/messages.ts';

describe('what the viewer’s frame says', () => {
  test('is taken when it is one of its own messages', () => {
    expect(readFromFrame({ kind: 'ready', more: 1 })).toEqual({ kind: 'ready' });
    expect(readFromFrame({ kind: 'shown', height: 300, pages: 2 })).toEqual({
      kind: 'shown',
      height: 300,
      pages: 2,
    });
    expect(readFromFrame({ kind: 'key', key: 'Escape' })).toEqual({ kind: 'key', key: 'Escape' });
  });

  test.each([
    ['nothing', null],
    ['a text', 'ready'],
    ['an unknown kind', { kind: 'bytes' }],
    ['a height that is none', { kind: 'shown', height: -1, pages: 1 }],
    ['a height without end', { kind: 'shown', height: Number.POSITIVE_INFINITY, pages: 1 }],
    ['pages left out', { kind: 'shown', height: 1 }],
    ['a key that is a text', { kind: 'key', key: 'x'.repeat(21) }],
  ])('is not taken otherwise: %s', (_name, data) => {
    expect(readFromFrame(data)).toBeNull();
  });
});
