import { describe, expect, it } from 'vitest';
import { type Core, commitment, encodeCore, parseCore } from '../../src/protocol/core.ts';
import { DIRECTORY, sealed, TIP } from './sealed-tip.ts';
import { expectCode, flipped, noble, sodium } from './suites.ts';

describe('core', () => {
  const core: Core = parseCore(sealed.core);

  it('its bytes say all that it says', () => {
    expect(encodeCore(core)).toEqual(sealed.core);
  });

  it.each<[string, object]>([
    ['suite', { suite: 'TK2' }],
    ['kind', { kind: 'letter' }],
    ['tip', { tip: 'AB' }],
    ['unit', { unit: '-' }],
    ['epoch', { epoch: 0 }],
    ['directory', { directory: 'x' }],
    ['author', { author: 'AAAA' }],
    ['no', { no: 1.5 }],
    ['prev', { prev: 'ab'.repeat(32) }],
    ['commitment', { commitment: null }],
    ['extra', { extra: 1 }],
  ])('a bad or additional field is refused: %s', (_field, change) => {
    const object = { ...JSON.parse(new TextDecoder().decode(sealed.core)), ...change };
    expectCode(() => parseCore(new TextEncoder().encode(JSON.stringify(object))), 'core_malformed');
  });

  it('a tip is number 1 and nothing else is', () => {
    expectCode(() => parseCore(encodeCore({ ...core, no: 2, prev: DIRECTORY })), 'core_malformed', 'kind');
    expectCode(() => parseCore(encodeCore({ ...core, kind: 'message' })), 'core_malformed', 'kind');
  });

  it('a note counts in a series of its own, from 1 on', () => {
    for (const change of [{}, { no: 2, prev: DIRECTORY }]) {
      const note = { ...core, kind: 'note', ...change } as const;
      expect(parseCore(encodeCore(note))).toEqual(note);
    }
    expectCode(() => parseCore(encodeCore({ ...core, kind: 'note', no: 2 })), 'core_malformed', 'prev');
  });

  it('what is no JSON object, too long or deeply nested is refused', () => {
    const parse = (value: string) => () => parseCore(new TextEncoder().encode(value));
    for (const value of [
      '',
      'null',
      '[]',
      '1',
      '{',
      '{}',
      `${'['.repeat(900)}${']'.repeat(900)}`,
      `{"a":"${'x'.repeat(3000)}"}`,
    ]) {
      expectCode(parse(value), 'core_malformed');
    }
    expectCode(() => parseCore(Uint8Array.of(0x7b, 0xff, 0x7d)), 'core_malformed');
  });

  it('a commitment fits one key, tip and number only', () => {
    const key = new Uint8Array(32).fill(1);
    const one = commitment(sodium, key, TIP, 1);
    expect(commitment(sodium, flipped(key, 0), TIP, 1)).not.toEqual(one);
    expect(commitment(sodium, key, TIP, 2)).not.toEqual(one);
    expect(commitment(noble, key, TIP, 1)).toEqual(one);
  });
});
