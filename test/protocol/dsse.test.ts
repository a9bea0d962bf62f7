import { describe, expect, it } from 'vitest';
import { toBase64, toBase64Url } from '../../src/protocol/base64.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import {
  cosignDsse,
  encodeDsse,
  keyId,
  pae,
  parseDsse,
  signDsse,
  statementHash,
  validSigners,
} from '../../src/protocol/dsse.ts';
import { expectCode, noble, sodium } from './suites.ts';

const [a, b, c] = [1, 2, 3].map((n) => sodium.ed25519KeyPair(new Uint8Array(32).fill(n)));
const payload = utf8('{"x":"ư"}');
const signed = signDsse(sodium, 'application/x', payload, [a!]);

describe('DSSE', () => {
  it('signs the pre-authentication encoding of DSSE v1', () => {
    expect(new TextDecoder().decode(pae('http://example.com/HelloWorld', utf8('hello world')))).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
    const { signatures } = parseDsse(signed);
    expect(sodium.verify(signatures[0]!.sig, pae('application/x', payload), a!.publicKey)).toBe(true);
  });

  it('gives back the exact payload bytes', () => {
    expect(parseDsse(signed)).toMatchObject({ payloadType: 'application/x', payload });
    expect(encodeDsse(parseDsse(signed))).toEqual(signed);
  });

  it('a second person signs the very same bytes', () => {
    const both = parseDsse(cosignDsse(sodium, signed, b!));
    expect(both.payload).toEqual(payload);
    expect(validSigners(sodium, both, [a!.publicKey, b!.publicKey, c!.publicKey])).toEqual([
      a!.publicKey,
      b!.publicKey,
    ]);
    expect(validSigners(noble, both, [b!.publicKey])).toEqual([b!.publicKey]);
  });

  it('nobody signs twice', () => {
    expectCode(() => cosignDsse(sodium, signed, a!), 'statement_malformed', 'signatures');
    expect(validSigners(sodium, parseDsse(signed), [a!.publicKey, a!.publicKey])).toHaveLength(1);
  });

  it('a signature of another type or payload counts for nothing', () => {
    const envelope = parseDsse(signed);
    expect(validSigners(sodium, { ...envelope, payloadType: 'application/y' }, [a!.publicKey])).toEqual([]);
    expect(validSigners(sodium, { ...envelope, payload: utf8('{}') }, [a!.publicKey])).toEqual([]);
  });

  it('a key id that points to another key does not make it a signer', () => {
    const envelope = parseDsse(signed);
    const lying = {
      ...envelope,
      signatures: [{ keyid: keyId(sodium, b!.publicKey), sig: envelope.signatures[0]!.sig }],
    };
    expect(validSigners(sodium, lying, [a!.publicKey, b!.publicKey])).toEqual([]);
  });

  it('its hash depends on type and payload and not on who has signed yet', () => {
    const hash = statementHash(sodium, parseDsse(signed));
    expect(statementHash(sodium, parseDsse(cosignDsse(sodium, signed, b!)))).toEqual(hash);
    expect(statementHash(sodium, { ...parseDsse(signed), payloadType: 'application/y' })).not.toEqual(hash);
  });

  const object = JSON.parse(new TextDecoder().decode(signed));
  const signature = object.signatures[0];
  it.each<[string, object]>([
    ['no signatures', { signatures: [] }],
    ['a signature twice', { signatures: [signature, signature] }],
    [
      '17 signatures',
      {
        signatures: Array.from({ length: 17 }, (_, i) => ({
          ...signature,
          keyid: i.toString(16).padStart(32, '0'),
        })),
      },
    ],
    ['a short signature', { signatures: [{ ...signature, sig: toBase64(new Uint8Array(63)) }] }],
    [
      'a signature in another spelling',
      { signatures: [{ ...signature, sig: `${signature.sig.slice(0, -3)}B==` }] },
    ],
    ['a key id of another form', { signatures: [{ ...signature, keyid: 'x' }] }],
    ['an unknown field', { extra: 1 }],
    ['an unknown field in a signature', { signatures: [{ ...signature, extra: 1 }] }],
    ['a payload in base64url', { payload: `${toBase64Url(Uint8Array.of(255, 255))}` }],
    ['a payload that is no text', { payload: 1 }],
    ['an empty type', { payloadType: '' }],
    ['a type with a blank', { payloadType: 'a b' }],
  ])('an envelope with %s is refused', (_what, change) => {
    expectCode(() => parseDsse(utf8(JSON.stringify({ ...object, ...change }))), 'statement_malformed');
  });

  it('an envelope above 64 KiB is refused unread', () => {
    expectCode(
      () => parseDsse(utf8(`${' '.repeat(65_536)}${JSON.stringify(object)}`)),
      'statement_malformed',
    );
  });
});
