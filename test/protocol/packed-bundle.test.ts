import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBundle, encodeBundle, packBundle } from '../../src/protocol/bundle.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { ProtocolError } from '../../src/protocol/errors.ts';
import { packStatement, unpackStatement } from '../../src/protocol/packed-statement.ts';
import { bundle } from './small-directory.ts';

const plain = (of: ReturnType<typeof decodeBundle>) => encodeBundle(of);

describe('a packed bundle', () => {
  it('gives back every statement byte for byte, and is smaller', () => {
    const packed = packBundle(bundle);
    expect(plain(decodeBundle(packed))).toEqual(encodeBundle(bundle));
    expect(packed.length).toBeLessThan(encodeBundle(bundle).length * 0.85);
  });

  it('leaves a statement plain that is written in another way', () => {
    const spaced = utf8(new TextDecoder().decode(bundle.directory).replace('{', '{ '));
    expect(packStatement(spaced)).toBe(spaced);
    expect(decodeBundle(packBundle({ ...bundle, directory: spaced })).directory).toEqual(spaced);
  });

  it('is refused or read as something, whatever a statement is changed to', () => {
    const packed = packStatement(bundle.directory);
    fc.assert(
      fc.property(fc.nat(packed.length), fc.nat(packed.length - 1), fc.nat(255), (cut, at, byte) => {
        const changed = packed.map((one, i) => (i === at ? byte : one)).subarray(0, cut);
        try {
          expect(unpackStatement(changed)).toBeInstanceOf(Uint8Array);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
          expect((error as ProtocolError).code).toBe('frame_malformed');
        }
      }),
    );
  });

  it('is refused when it is cut short', () => {
    expect(() => unpackStatement(packStatement(bundle.directory).subarray(0, 40))).toThrow('frame_malformed');
    expect(() => decodeBundle(packBundle(bundle).subarray(0, -1))).toThrow('frame_malformed');
  });
});
