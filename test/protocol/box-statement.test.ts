import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day, StaffId } from '../../src/domain/ids.ts';
import {
  BOX_TYPE,
  cosignBoxStatement,
  parseBoxStatement,
  signBoxStatement,
  verifyBoxStatement,
} from '../../src/protocol/box-statement.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { signDsse } from '../../src/protocol/dsse.ts';
import { codeOf, expectCode, noble, sodium } from './suites.ts';
import { COMMUNE } from './world.ts';

const first = sodium.ed25519KeyPair(new Uint8Array(32).fill(1));
const second = sodium.ed25519KeyPair(new Uint8Array(32).fill(2));
const stranger = sodium.ed25519KeyPair(new Uint8Array(32).fill(3));
const opening = {
  instance: 'demo',
  unit: COMMUNE,
  opening: 'ab'.repeat(16),
  box: 'Hộp thư trước nhà văn hoá bản Mòn',
  day: '2026-11-22' as Day,
  letters: 7,
  by: ['56'.repeat(16) as StaffId, '57'.repeat(16) as StaffId],
} as const;
const keys = [first.publicKey, second.publicKey];
const proposed = signBoxStatement(sodium, opening, first);
const complete = cosignBoxStatement(sodium, proposed, second);

describe('the statement of an emptied tip box', () => {
  it('says the same to both people and in both suites', () => {
    expect(verifyBoxStatement(sodium, complete, keys, 2)).toEqual(opening);
    expect(verifyBoxStatement(noble, complete, keys, 2)).toEqual(opening);
    expect(verifyBoxStatement(sodium, proposed, keys, 1)).toEqual(opening);
  });

  it('is not complete with one signature, a stranger’s, or the same person’s twice', () => {
    expectCode(() => verifyBoxStatement(sodium, proposed, keys, 2), 'decision_signers');
    const forged = cosignBoxStatement(sodium, proposed, stranger);
    expectCode(() => verifyBoxStatement(sodium, forged, keys, 2), 'decision_signers');
    expectCode(() => cosignBoxStatement(sodium, proposed, first), 'statement_malformed');
    const twice = [first.publicKey, first.publicKey];
    expectCode(() => verifyBoxStatement(sodium, complete, twice, 2), 'decision_signers');
  });

  it.each<[string, object]>([
    ['more than a thousand letters', { letters: 1001 }],
    ['fewer than none', { letters: -1 }],
    ['one person twice', { by: [opening.by[0], opening.by[0]] }],
    ['one person', { by: [opening.by[0]] }],
    ['three people', { by: [...opening.by, '58'.repeat(16)] }],
    ['a box without a name', { box: '  ' }],
    ['a name without end', { box: 'x'.repeat(101) }],
    ['no day', { day: 'hôm nay' }],
    ['an opening of another form', { opening: '1' }],
    ['a foreign field', { tips: [] }],
  ])('with %s is refused', (_what, change) => {
    const fields = { type: 'box', ...opening, ...change };
    const statement = signDsse(sodium, BOX_TYPE, utf8(JSON.stringify(fields)), [first]);
    expectCode(() => parseBoxStatement(statement), 'statement_malformed');
  });

  it('of another type is no box statement, and noise is never a defect', () => {
    const fields = utf8(JSON.stringify({ type: 'box', ...opening }));
    const other = signDsse(sodium, 'application/vnd.tinkin.event+json', fields, [first]);
    expectCode(() => parseBoxStatement(other), 'statement_malformed', 'payloadType');
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
        expect(codeOf(() => parseBoxStatement(bytes))).toBe('statement_malformed');
      }),
    );
  });
});
