import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hour } from '../../src/domain/ids.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { eventLeaf } from '../../src/protocol/event.ts';
import { RECEIPT_FILE_BYTES } from '../../src/protocol/file-names.ts';
import { checkAnswer } from '../../src/protocol/prepare.ts';
import {
  type ExpectedPromise,
  encodePromise,
  makeAnswers,
  type PromiseTerms,
  parseAnswer,
  parsePromise,
  verifyPromise,
  verifyPromiseSignature,
} from '../../src/protocol/promise.ts';
import { openReceiptFile, sealReceiptFile } from '../../src/protocol/receipt-file.ts';
import { codeOf, expectCode, flipped, noble, nodeHashes, sodium } from './suites.ts';
import { sendTip, T0 } from './tip.ts';
import { makeWorld, NOW } from './world.ts';

const world = makeWorld(sodium);
const { keys, prepared } = sendTip(sodium, world);
const { ledger } = world;
const signer = {
  publicKey: ledger.publicKey,
  sign: (message: Uint8Array) => sodium.sign(message, ledger.secretKey),
};
const ORIGIN = 'demo.example/log';
const salt = new Uint8Array(32).fill(6);
const terms: PromiseTerms = {
  origin: ORIGIN,
  leaf: eventLeaf(sodium, salt, prepared.record),
  seal: prepared.sealed.sealHash,
  unit: prepared.sealed.unit,
  t0: T0,
  assurance: 'e2ee',
  checkpoint: null,
  includeBy: NOW + 7200,
};
const batchOf = (size: number, mine: number, own: PromiseTerms = terms) =>
  makeAnswers(
    nodeHashes,
    signer,
    Array.from({ length: size }, (_, i) =>
      i === mine
        ? { terms: own, leafSalt: salt }
        : {
            terms: { ...terms, leaf: `${i}`.padStart(64, '0') as PromiseTerms['leaf'] },
            leafSalt: new Uint8Array(32).fill(i),
          },
    ),
  )[mine]!;
const check = (answer: Uint8Array, now = NOW) =>
  checkAnswer(sodium, prepared, answer, { origin: ORIGIN, publicKey: ledger.publicKey }, now);

describe('promise', () => {
  it('holds for every place in batches of every size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (size, n) => {
        expect(check(batchOf(size, n % size)).promise.terms).toEqual(terms);
      }),
      { numRuns: 40 },
    );
  });

  it('names the newest published checkpoint, which its reader gets back', () => {
    const checkpoint = { size: 1024, root: 'cd'.repeat(32) as PromiseTerms['leaf'] };
    expect(check(batchOf(2, 1, { ...terms, checkpoint })).promise.terms.checkpoint).toEqual(checkpoint);
  });

  it.each([
    { size: 0, root: 'cd'.repeat(32) },
    { size: 1.5, root: 'cd'.repeat(32) },
    { size: 8, root: 'CD' },
  ])('a checkpoint that is none is refused: %j', (checkpoint) => {
    const own = { ...terms, checkpoint } as PromiseTerms;
    expectCode(() => check(batchOf(2, 1, own)), 'promise_malformed');
  });

  it('alone says what it said in the answer', () => {
    const { promise } = parseAnswer(batchOf(7, 4));
    expect(parsePromise(utf8(encodePromise(promise)))).toEqual(promise);
  });

  it('noble finds it right as well', () => {
    const answer = batchOf(5, 3);
    expect(() =>
      checkAnswer(noble, prepared, answer, { origin: ORIGIN, publicKey: ledger.publicKey }, NOW),
    ).not.toThrow();
  });

  it('one signature serves the whole batch', () => {
    let signatures = 0;
    const counting = {
      publicKey: ledger.publicKey,
      sign: (message: Uint8Array) => {
        signatures++;
        return signer.sign(message);
      },
    };
    makeAnswers(
      nodeHashes,
      counting,
      Array.from({ length: 50 }, () => ({ terms, leafSalt: salt })),
    );
    expect(signatures).toBe(1);
  });

  it('a salt that does not open the sent record is refused', () => {
    const [answer] = makeAnswers(nodeHashes, signer, [{ terms, leafSalt: flipped(salt, 0) }]);
    expectCode(() => check(answer!), 'promise_leaf');
  });

  it.each<[string, Partial<PromiseTerms>]>([
    ['origin', { origin: 'elsewhere' }],
    ['seal', { seal: 'ab'.repeat(32) as PromiseTerms['seal'] }],
    ['unit', { unit: '14-ca' as PromiseTerms['unit'] }],
    ['t0', { t0: (T0 + 1) as Hour }],
    ['assurance', { assurance: 'server-sealed' }],
    ['includeBy', { includeBy: NOW - 3600 }],
  ])('a promise about another %s is refused', (field, change) => {
    expectCode(() => check(batchOf(3, 1, { ...terms, ...change })), 'promise_mismatch', field);
  });

  it('a promise signed by another key is refused', () => {
    const stranger = sodium.ed25519KeyPair(new Uint8Array(32).fill(8));
    const [answer] = makeAnswers(
      nodeHashes,
      { publicKey: stranger.publicKey, sign: (m) => sodium.sign(m, stranger.secretKey) },
      [{ terms, leafSalt: salt }],
    );
    expectCode(() => check(answer!), 'promise_signature');
  });

  it('a path that leads elsewhere, is longer or is for another place is refused', () => {
    const { promise } = parseAnswer(batchOf(6, 2));
    const verify = (change: object) => () =>
      verifyPromiseSignature(sodium, { ...promise, ...change }, ledger.publicKey);
    expect(codeOf(verify({}))).toBe('none');
    expectCode(verify({ index: 3 }), 'promise_path');
    expectCode(verify({ size: 7 }), 'promise_path');
    expectCode(verify({ path: promise.path.slice(1) }), 'promise_path');
    expectCode(verify({ path: [...promise.path, salt] }), 'promise_path');
    expectCode(verify({ path: [flipped(promise.path[0]!, 0), ...promise.path.slice(1)] }), 'promise_path');
    expectCode(verify({ payload: utf8('{}') }), 'promise_path');
  });

  it('a clock more than an hour off is a warning of its own, and only when all else is right', () => {
    const answer = batchOf(2, 0);
    expect(codeOf(() => check(answer, T0 * 3600 - 3600))).toBe('none');
    expect(codeOf(() => check(answer, T0 * 3600 + 7199))).toBe('none');
    expectCode(() => check(answer, T0 * 3600 - 3601), 'promise_clock');
    expectCode(() => check(answer, T0 * 3600 + 7200), 'promise_clock');
    const expected: ExpectedPromise = { ...terms, origin: 'elsewhere' };
    expectCode(
      () => verifyPromise(sodium, parseAnswer(answer).promise, ledger.publicKey, expected, 0),
      'promise_mismatch',
    );
  });

  it('no flipped bit leaves it valid', () => {
    const answer = batchOf(9, 4);
    fc.assert(
      fc.property(fc.nat(answer.length - 1), fc.nat(7), (at, bit) => {
        expect(codeOf(() => check(flipped(answer, at, bit)))).toMatch(/^promise_(?!clock)/);
      }),
      { numRuns: 300 },
    );
  });

  it('what is no answer is refused', () => {
    for (const text of ['', '{}', '[]', '{"promise":1,"leafSalt":"x"}', `{"promise":${'['.repeat(5000)}`]) {
      expectCode(() => parseAnswer(utf8(text)), 'promise_malformed');
    }
    expectCode(() => parseAnswer(new Uint8Array(20_000)), 'promise_malformed');
  });
});

describe('receipt file', () => {
  const receipt = {
    instance: 'demo',
    tip: prepared.sealed.tip,
    unit: prepared.sealed.unit,
    record: new TextDecoder().decode(prepared.record),
    answer: new TextDecoder().decode(batchOf(1000, 999)),
  };
  const file = sealReceiptFile(sodium, keys.fileKey, receipt);

  it('has one size and comes back under the key of its code', () => {
    expect(file.length).toBe(RECEIPT_FILE_BYTES);
    expect(sealReceiptFile(sodium, keys.fileKey, { ...receipt, answer: '' }).length).toBe(RECEIPT_FILE_BYTES);
    expect(openReceiptFile(sodium, keys.fileKey, 'demo', file)).toEqual(receipt);
    expect(openReceiptFile(noble, keys.fileKey, 'demo', file)).toEqual(receipt);
  });

  it('keeps the newest head beside a long promise, and one without it is read as before', () => {
    const checkpoint = { size: 2 ** 31, root: 'cd'.repeat(32) as PromiseTerms['leaf'] };
    const answer = new TextDecoder().decode(batchOf(1000, 999, { ...terms, checkpoint }));
    const visited = { ...receipt, answer, head: '"'.repeat(1000) };
    const kept = sealReceiptFile(sodium, keys.fileKey, visited);
    expect(openReceiptFile(noble, keys.fileKey, 'demo', kept)).toEqual(visited);
    expect(openReceiptFile(sodium, keys.fileKey, 'demo', file)).not.toHaveProperty('head');
    const more = sealReceiptFile(sodium, keys.fileKey, { ...receipt, more: 1 } as never);
    expectCode(() => openReceiptFile(sodium, keys.fileKey, 'demo', more), 'receipt_malformed');
  });

  it('proves the promise again later', () => {
    const opened = openReceiptFile(sodium, keys.fileKey, 'demo', file);
    const { promise, leafSalt } = parseAnswer(utf8(opened.answer));
    expect(eventLeaf(sodium, leafSalt, utf8(opened.record))).toBe(promise.terms.leaf);
    expect(codeOf(() => verifyPromiseSignature(sodium, promise, ledger.publicKey))).toBe('none');
  });

  it('has nothing in it by which it could be known', () => {
    const again = sealReceiptFile(sodium, keys.fileKey, receipt);
    const same = file.filter((byte, i) => byte === again[i]).length;
    expect(same).toBeLessThan(100);
  });

  it('another code, another instance, an altered or another file is refused', () => {
    const open = (key: Uint8Array, instance: string, bytes: Uint8Array) => () =>
      openReceiptFile(sodium, key, instance, bytes);
    expectCode(open(flipped(keys.fileKey, 0), 'demo', file), 'receipt_malformed');
    expectCode(open(keys.fileKey, 'other', file), 'receipt_malformed');
    expectCode(open(keys.fileKey, 'demo', flipped(file, 5000)), 'receipt_malformed');
    expectCode(open(keys.fileKey, 'demo', file.subarray(1)), 'receipt_malformed');
  });

  it('a receipt that does not fit is refused when it is made', () => {
    expectCode(
      () => sealReceiptFile(sodium, keys.fileKey, { ...receipt, record: 'x'.repeat(9000) }),
      'receipt_malformed',
    );
  });
});
