import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttachmentEntry } from '../../src/domain/attachments.ts';
import type { CitizenMessage, Informant, Taken, UnitMessage } from '../../src/domain/conversation.ts';
import { CONVERSATION_LIMITS } from '../../src/domain/conversation.ts';
import type { Day, UnitId } from '../../src/domain/ids.ts';
import { NO_EXTRAS, type TipExtras } from '../../src/domain/tip-content.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import {
  checkEntries,
  encodeCitizenMessage,
  encodeTipContent,
  encodeUnitMessage,
  parseCitizenMessage,
  parseTip,
  parseUnitMessage,
} from '../../src/protocol/content.ts';
import { codeOf, expectCode, sodium } from './suites.ts';
import { CONTENT, sealFile } from './tip.ts';

const file = sealFile(sodium, new Uint8Array(70_000), 'ảnh.jpg', 'image/jpeg');
const second = sealFile(sodium, new Uint8Array(10), 'thư.pdf', 'application/pdf');
const taken: Taken = {
  channel: 'post',
  document: '12/CV',
  marks: [{ after: 75, text: 'nghe tiếng xe' }],
  voiceKept: '',
  draftUnverified: true,
};
const informant: Informant = {
  mode: 'confidential',
  reason: '',
  name: 'Nguyễn Thị Ánh',
  born: '1990',
  address: 'Sơn La',
  contact: '',
};
const extras: TipExtras = { attachments: [file.entry, second.entry], taken, informant };
const citizen: CitizenMessage = {
  v: 1,
  from: 'citizen',
  lang: 'vi',
  text: 'Tôi nhớ thêm',
  attachments: [file.entry],
  informant: null,
  byOperator: false,
};
const unit: UnitMessage = {
  v: 2,
  from: { unit: '14-ca', name: 'Công an tỉnh' },
  day: '2026-11-22',
  text: 'Chúng tôi muốn hỏi',
  about: 'plain',
  ask: { kind: 'answer', by: '2026-12-01' as Day },
};
const json = (value: object) => utf8(JSON.stringify(value));
const plain = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

describe('extras of a tip', () => {
  it('come back as they were told', () => {
    expect(parseTip(encodeTipContent(CONTENT, extras))).toEqual({ content: CONTENT, extras });
  });

  it('each alone is enough for version 2, and none at all gives version 1 as ever', () => {
    const { attachments } = extras;
    for (const some of [{ attachments }, { taken }, { informant }]) {
      const bytes = encodeTipContent(CONTENT, { ...NO_EXTRAS, ...some });
      expect(plain(bytes).v).toBe(2);
      expect(parseTip(bytes).extras).toEqual({ ...NO_EXTRAS, ...some });
    }
    expect(encodeTipContent(CONTENT, NO_EXTRAS)).toEqual(encodeTipContent(CONTENT));
    expect(plain(encodeTipContent(CONTENT)).v).toBe(1);
  });

  it('twenty files with the longest names, all marks and particulars fit', () => {
    const attachments = Array.from({ length: 20 }, (_, i) => ({
      ...file.entry,
      id: i.toString(16).padStart(32, '0'),
      name: 'ư'.repeat(200),
    }));
    const marks = Array.from({ length: 50 }, () => ({ after: 86_400, text: 'ư'.repeat(300) }));
    const most = { attachments, taken: { ...taken, marks }, informant };
    const what = 'ư'.repeat(20_000);
    expect(parseTip(encodeTipContent({ ...CONTENT, what }, most)).extras).toEqual(most);
  });

  it('that a reader would refuse are never sealed', () => {
    const long = { ...informant, name: 'x'.repeat(CONVERSATION_LIMITS.name + 1) };
    expectCode(() => encodeTipContent(CONTENT, { ...extras, informant: long }), 'content_malformed');
    const many = Array.from({ length: 21 }, (_, i) => ({
      ...file.entry,
      id: i.toString(16).padStart(32, '0'),
    }));
    expectCode(() => encodeTipContent(CONTENT, { ...extras, attachments: many }), 'content_malformed');
  });

  const two = plain(encodeTipContent(CONTENT, extras));
  const entry = (change: object) => ({ attachments: [{ ...file.entry, ...change }] });
  it.each<[string, object]>([
    ['version 1 with extras', { v: 1 }],
    ['version 2 without any', { attachments: [], taken: null, informant: null }],
    ['id', entry({ id: 'AB'.repeat(16) })],
    ['the same id twice', { attachments: [file.entry, file.entry] }],
    ['key of 31 bytes', entry({ key: 'A'.repeat(42) })],
    ['key with leftover bits', entry({ key: `${'A'.repeat(42)}B` })],
    ['type', entry({ type: 'text/html; charset=x' })],
    ['size 0', entry({ size: 0 })],
    ['size above 500 MB', entry({ size: 500 * 1024 * 1024 + 1 })],
    ['form', entry({ form: 'better' })],
    ['a foreign field of a file', entry({ url: 'x' })],
    ['channel', { taken: { ...taken, channel: 'pigeon' } }],
    ['marks without text', { taken: { ...taken, marks: [{ after: 1 }] } }],
    ['51 marks', { taken: { ...taken, marks: Array.from({ length: 51 }, () => taken.marks[0]) } }],
    ['mode', { informant: { ...informant, mode: 'famous' } }],
  ])('a hostile sender’s %s is refused', (_what, change) => {
    expectCode(() => parseTip(json({ ...two, ...change })), 'content_malformed');
  });

  it('a file’s name never hides where it ends or lies', () => {
    const named = (name: string) =>
      parseTip(json({ ...two, ...entry({ name }) })).extras.attachments[0]?.name;
    expect(named('../../etc/\u202Egnp.exe')).toBe('gnp.exe');
    expect(named('\u0000')).toBe('tep');
    expect(named('ảnh.jpg'.normalize('NFD'))).toBe('ảnh.jpg');
  });
});

describe('files of a content and the manifest', () => {
  const entries = [file.entry, second.entry];
  const named = [file.named, second.named];

  it('fit in the same order with the sizes that they have when padded', () => {
    expect(codeOf(() => checkEntries(entries, named))).toBe('none');
    expect(codeOf(() => checkEntries([], []))).toBe('none');
  });

  it('a file more, less, in another place or of another size is refused', () => {
    const wrong: readonly (readonly [readonly AttachmentEntry[], typeof named, string])[] = [
      [[file.entry], named, 'attachments'],
      [entries, [file.named], 'attachments'],
      [entries, named.toReversed(), 'id'],
      [[{ ...file.entry, size: 80_000 }, second.entry], named, 'bytes'],
    ];
    for (const [left, right, field] of wrong)
      expectCode(() => checkEntries(left, right), 'manifest_mismatch', field);
  });
});

describe('messages', () => {
  it('of a citizen come back as they were written', () => {
    for (const message of [citizen, { ...citizen, informant, byOperator: true, attachments: [] }])
      expect(parseCitizenMessage(encodeCitizenMessage(message))).toEqual(message);
  });

  it('of a unit come back as they were written', () => {
    for (const ask of [unit.ask, null, { kind: 'consent', unit: '14-ca' as UnitId } as const])
      expect(parseUnitMessage(encodeUnitMessage({ ...unit, ask }))).toEqual({ ...unit, ask });
    expect(parseUnitMessage(encodeUnitMessage({ ...unit, about: 'reward' })).about).toBe('reward');
  });

  it('of a unit in version 1 ask nothing and are about nothing', () => {
    const { about: _about, ask: _ask, ...first } = unit;
    const read = parseUnitMessage(json({ ...first, v: 1 }));
    expect(read).toEqual({ ...unit, about: 'plain', ask: null });
  });

  it.each<[string, object]>([
    ['about', { about: 'bribe' }],
    ['ask', { ask: { kind: 'answer', by: 'tomorrow' } }],
    ['consent for no unit', { ask: { kind: 'consent', unit: '../' } }],
    ['consent with a day', { ask: { kind: 'consent', unit: '14-ca', by: '2026-12-01' } }],
    ['version 1 with an ask', { v: 1 }],
    ['day', { day: '22.11.2026' }],
  ])('a unit’s message with another %s is refused', (_what, change) => {
    expectCode(() => parseUnitMessage(json({ ...unit, ...change })), 'content_malformed');
  });

  it.each<[string, object]>([
    ['v', { v: 2 }],
    ['from', { from: 'unit' }],
    ['lang', { lang: 'fr' }],
    ['text', { text: 'x'.repeat(20_001) }],
    ['byOperator', { byOperator: 'no' }],
    ['foreign field', { html: '' }],
  ])('a citizen’s message with another %s is refused', (_what, change) => {
    expectCode(() => parseCitizenMessage(json({ ...citizen, ...change })), 'content_malformed');
  });

  it('too long to be read are never sealed', () => {
    expectCode(() => encodeUnitMessage({ ...unit, text: 'x'.repeat(20_001) }), 'content_malformed');
    expectCode(() => encodeCitizenMessage({ ...citizen, text: 'x'.repeat(20_001) }), 'content_malformed');
  });

  it('noise is never a defect', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
        for (const parse of [parseTip, parseUnitMessage, parseCitizenMessage])
          expect(codeOf(() => parse(bytes))).toBe('content_malformed');
      }),
    );
  });
});
