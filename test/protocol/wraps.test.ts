import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../../src/protocol/bytes.ts';
import { sealEnvelope } from '../../src/protocol/envelope.ts';
import { parseWraps } from '../../src/protocol/wraps.ts';
import { EPOCH_ID, epoch, input, sealed } from './sealed-tip.ts';
import { expectCode, sodium } from './suites.ts';

describe('wraps block', () => {
  const wrap = parseWraps(sealed.wraps)[0]!;

  it('is parsed into its recipients', () => {
    expect(wrap.id).toBe(EPOCH_ID);
    expect(wrap.ciphertext.length).toBe(1120);
    expect(wrap.sealedKey.length).toBe(48);
  });

  it('is refused when cut anywhere or followed by anything', () => {
    fc.assert(
      fc.property(fc.nat(sealed.wraps.length - 1), (length) => {
        expectCode(() => parseWraps(sealed.wraps.subarray(0, length)), 'wraps_malformed');
      }),
    );
    expectCode(() => parseWraps(concat(sealed.wraps, Uint8Array.of(0))), 'wraps_malformed');
  });

  it('is refused with no, too many or equal recipients, or a name of another form', () => {
    const entry = sealed.wraps.subarray(2);
    expectCode(() => parseWraps(Uint8Array.of(0, 0)), 'wraps_malformed');
    expectCode(() => parseWraps(concat(Uint8Array.of(2, 0), entry, entry)), 'wraps_malformed');
    expectCode(() => parseWraps(concat(Uint8Array.of(17, 0), entry)), 'wraps_malformed');
    const named = (id: string) =>
      concat(Uint8Array.of(1, 0, id.length, 0), new TextEncoder().encode(id), new Uint8Array(1168));
    expect(parseWraps(named('epoch:a:1'))).toHaveLength(1);
    for (const id of ['epoch:a:0', 'epoch:A:1', 'mailbox:zz', 'someone', '']) {
      expectCode(() => parseWraps(named(id)), 'wraps_malformed');
    }
    expectCode(
      () => parseWraps(concat(Uint8Array.of(1, 0, 2, 0, 0xc3, 0x28), new Uint8Array(1168))),
      'wraps_malformed',
    );
  });

  it('is not made for nobody or for an unknown kind of recipient', () => {
    expectCode(() => sealEnvelope(sodium, input({ recipients: [] })), 'wraps_malformed');
    expectCode(
      () => sealEnvelope(sodium, input({ recipients: [{ id: 'x', publicKey: epoch.publicKey }] })),
      'wraps_malformed',
    );
  });
});
