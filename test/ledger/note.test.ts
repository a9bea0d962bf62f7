import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointText, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { cosign, cosignedAt, witnessesOf } from '../../src/ledger/cosignature.ts';
import {
  formatNote,
  formatVkey,
  isSignedBy,
  noteKey,
  parseNote,
  parseVkey,
  signNote,
  utf8,
  withSignature,
} from '../../src/ledger/note.ts';
import { hex, sha256, signer, verifyEd25519 } from './support.ts';

const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const NOTE =
  'If you think cryptography is the answer to your problem,\n' +
  'then you don’t know what your problem is.\n\n' +
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const LOG = signer(1);
const WITNESS = signer(2);
const KEY = noteKey(sha256, 'tin.example.vn/ledger', LOG.publicKey);
const SEES = noteKey(sha256, 'witness.example.vn/w1', WITNESS.publicKey, 'cosignature');
const TEXT = checkpointText({ origin: KEY.name, size: 1024, root: new Uint8Array(32).fill(7) });

describe('signed notes', () => {
  it('of another implementation verify', () => {
    const key = parseVkey(sha256, PETER)!;
    const note = parseNote(utf8(NOTE.replace('’', "'")))!;
    expect(isSignedBy(note, key, verifyEd25519)).toBe(true);
    expect(formatVkey(key)).toBe(PETER);
    const sum = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    expect(formatVkey(parseVkey(sha256, sum)!)).toBe(sum);
  });

  it('come back as they were written and fail with any other byte of text', () => {
    const note = { text: TEXT, signatures: [signNote(TEXT, KEY, LOG.sign)] };
    const bytes = formatNote(note);
    expect(parseNote(bytes)).toEqual(note);
    expect(isSignedBy(note, KEY, verifyEd25519)).toBe(true);
    fc.assert(
      fc.property(fc.nat({ max: TEXT.length - 1 }), fc.integer({ min: 1, max: 127 }), (at, flip) => {
        const other = bytes.slice();
        other[at] = other[at]! ^ flip;
        const read = parseNote(other);
        expect(read !== null && isSignedBy(read, KEY, verifyEd25519)).toBe(false);
      }),
    );
  });

  it('that are malformed are none', () => {
    const line = formatNote({ text: TEXT, signatures: [signNote(TEXT, KEY, LOG.sign)] });
    const text = new TextDecoder().decode(line);
    const wrong = ['', '\n', TEXT, `${TEXT}\n`, text.slice(0, -1), text.replace('\n\n', '\n')];
    wrong.push(
      text.replace('—', '-'),
      text.replace('\n', '\r\n'),
      `${text} \n`,
      text.replace('tin.', 't\u0000.'),
    );
    wrong.push(`${TEXT}\n${text.slice(TEXT.length + 1).repeat(101)}`);
    for (const one of wrong) expect(parseNote(utf8(one)), JSON.stringify(one)).toBeNull();
    expect(parseNote(Uint8Array.of(0xff, 10, 10))).toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => void parseNote(noise)));
  });

  it('have keys that name themselves', () => {
    expect(parseVkey(sha256, PETER.replace('c74f20a3', 'c74f20a4'))).toBeNull();
    expect(parseVkey(sha256, PETER.replace('Peter', 'Pet er'))).toBeNull();
    expect(() => noteKey(sha256, 'a+b', LOG.publicKey)).toThrow(RangeError);
    expect(hex(noteKey(sha256, 'a', LOG.publicKey).id)).not.toBe(
      hex(noteKey(sha256, 'a', LOG.publicKey, 'cosignature').id),
    );
  });
});

describe('checkpoints', () => {
  it('of the specification’s form are read, extension lines left alone', () => {
    const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
    const read = parseCheckpoint(`example.com/behind-the-sofa\n20852163\n${root}\nsomething more\n`);
    expect(read).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(parseCheckpoint(TEXT)).toMatchObject({ size: 1024 });
  });

  it('with another spelling of a number, a short root or an empty line are none', () => {
    for (const [from, to] of [
      ['1024', '01024'],
      ['1024', '1e3'],
      ['1024', '-1'],
      ['Bw', ''],
      ['=\n', '=\n\n'],
      ['tin.', 'tin .'],
    ])
      expect(parseCheckpoint(TEXT.replace(from!, to!)), to).toBeNull();
    expect(() => checkpointText({ origin: 'a b', size: 1, root: new Uint8Array(32) })).toThrow(RangeError);
  });
});

describe('cosignatures', () => {
  const line = cosign(TEXT, SEES, 1_763_856_000, WITNESS.sign);

  it('give the time at which the witness saw the checkpoint', () => {
    expect(cosignedAt(TEXT, line, SEES, verifyEd25519)).toBe(1_763_856_000);
    const note = withSignature({ text: TEXT, signatures: [signNote(TEXT, KEY, LOG.sign)] }, line);
    expect(withSignature(note, line)).toBe(note);
    expect(witnessesOf(note, [SEES, KEY], verifyEd25519)).toEqual([{ key: SEES, time: 1_763_856_000 }]);
  });

  it('of another time, text or key count for nothing', () => {
    const other = { ...line, signature: line.signature.slice() };
    other.signature[7] = other.signature[7]! ^ 1;
    expect(cosignedAt(TEXT, other, SEES, verifyEd25519)).toBeNull();
    expect(cosignedAt(TEXT.replace('1024', '1025'), line, SEES, verifyEd25519)).toBeNull();
    expect(cosignedAt(TEXT, line, { ...SEES, publicKey: LOG.publicKey }, verifyEd25519)).toBeNull();
    expect(cosignedAt(TEXT, signNote(TEXT, KEY, LOG.sign), SEES, verifyEd25519)).toBeNull();
  });
});
