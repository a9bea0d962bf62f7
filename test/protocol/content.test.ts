import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_LIMITS, MAX_EXCLUDED, type TipContent } from '../../src/domain/tip-content.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { encodeTipContent, parseTip } from '../../src/protocol/content.ts';
import { codeOf, expectCode } from './suites.ts';
import { CONTENT } from './tip.ts';

const parseTipContent = (bytes: Uint8Array) => parseTip(bytes).content;

describe('content', () => {
  it('comes back as it was told', () => {
    expect(parseTipContent(encodeTipContent(CONTENT))).toEqual(CONTENT);
  });

  it('the same words typed on different keyboards give the same bytes', () => {
    const typed = { ...CONTENT, what: CONTENT.what.normalize('NFD') };
    expect(encodeTipContent(typed)).toEqual(encodeTipContent(CONTENT));
    expect(parseTipContent(encodeTipContent(typed)).what).toBe(CONTENT.what);
  });

  it('what is not asked for is not sealed', () => {
    const more = { ...CONTENT, ip: '127.0.0.1', place: { ...CONTENT.place, gps: 1 } };
    expect(encodeTipContent(more as TipContent)).toEqual(encodeTipContent(CONTENT));
  });

  it('keeps out as many units as a form can offer, and is not sealed with one more', () => {
    const units = Array.from({ length: MAX_EXCLUDED }, (_, i) => `14-${String(i).padStart(5, '0')}-ca`);
    const most = { ...CONTENT, excluded: units };
    expect(parseTipContent(encodeTipContent(most)).excluded).toEqual(units);
    expectCode(() => encodeTipContent({ ...most, excluded: [...units, '14-ca'] }), 'content_malformed');
  });

  it('the longest text of every field fits', () => {
    const long = {
      what: 'ư'.repeat(FIELD_LIMITS.what),
      when: 'ư'.repeat(500),
      where: 'ư'.repeat(1000),
      who: 'ư'.repeat(4000),
      how: 'ư'.repeat(2000),
    };
    expect(parseTipContent(encodeTipContent({ ...CONTENT, ...long }))).toMatchObject(long);
  });

  it.each<[string, object]>([
    ['v', { v: 2 }],
    ['lang', { lang: 'fr' }],
    ['conduct', { conduct: '<b>' }],
    ['place', { place: null }],
    ['urgent', { urgent: { happeningNow: 1, danger: false, minor: false } }],
    ['official', { official: { involved: 'maybe', unit: null, role: null } }],
    ['excluded', { excluded: ['../x'] }],
    ['too many excluded', { excluded: Array.from({ length: MAX_EXCLUDED + 1 }, () => '14-ca') }],
    ['what', { what: 'x'.repeat(20_001) }],
    ['an unknown field', { html: '<script>' }],
  ])('a hostile sender’s %s is refused', (_field, change) => {
    expectCode(() => parseTipContent(utf8(JSON.stringify({ ...CONTENT, ...change }))), 'content_malformed');
  });

  it('noise is never a defect', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
        expect(codeOf(() => parseTipContent(bytes))).toBe('content_malformed');
      }),
    );
  });
});
