import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import { type DirectoryBundle, decodeBundle, encodeBundle } from '../../src/protocol/bundle.ts';
import { concat, lengthPrefixed, utf8 } from '../../src/protocol/bytes.ts';
import { type DirectoryFields, directoryPayload, parseDirectory } from '../../src/protocol/directory.ts';
import { encodeFrame } from '../../src/protocol/frame.ts';
import { encodePins, type KeySet, keySetPayload, parsePins, signKeySet } from '../../src/protocol/root.ts';
import { encodeShard, hashShard } from '../../src/protocol/shard.ts';
import { cosignStatement, signStatement, statementKind } from '../../src/protocol/statement.ts';
import type { SignKeyPair } from '../../src/protocol/suite.ts';
import { type KnownDirectory, verifyDirectory } from '../../src/protocol/verify-directory.ts';
import { codeOf, expectCode, flipped, noble, sodium } from './suites.ts';
import { COMMUNE, DAY, directoryUnit, makeWorld, NOW, PROVINCE, statementHashOf } from './world.ts';

const world = makeWorld(sodium);
const { pins, bundle, root, directoryKeys } = world;
const verify = (change: Partial<DirectoryBundle> = {}, now = NOW, known?: KnownDirectory) =>
  verifyDirectory(sodium, pins, { ...bundle, ...change }, now, known);
const stranger = sodium.ed25519KeyPair(new Uint8Array(32).fill(77));

const fields = parseDirectory(sodium, bundle.directory);
const directory = (
  change: Partial<DirectoryFields>,
  signers: readonly SignKeyPair[] = directoryKeys.slice(0, 2),
  instance = 'demo',
) => signStatement(sodium, 'directory', directoryPayload(instance, { ...fields, ...change }), signers);
const set: KeySet = {
  serial: 1,
  keys: directoryKeys.map((pair) => pair.publicKey),
  threshold: 2,
  from: NOW - 60 * DAY,
  until: NOW + 300 * DAY,
};
const keySet = (
  change: Partial<KeySet>,
  signers: readonly SignKeyPair[] = root.slice(0, 2),
  instance = 'demo',
) => signKeySet(sodium, instance, { ...set, ...change }, signers);

describe('directory', () => {
  it('is verified from the pins down, in both suites and from the wire', () => {
    for (const suite of [sodium, noble]) {
      const verified = verifyDirectory(suite, pins, decodeBundle(encodeBundle(bundle)), NOW);
      expect(verified).toMatchObject({ instance: 'demo', version: 3, logOrigin: 'demo.example/log' });
      expect([...verified.units.keys()]).toEqual([PROVINCE, COMMUNE]);
      expect(verified.members).toHaveLength(4);
      expect(verified.epochs.get(COMMUNE)).toHaveLength(1);
      expect(verified.recoveryHolders.map((holder) => holder.id)).toEqual(['a', 'b', 'c']);
      expect(verified.routes.get('14')).toEqual({ version: 1 });
    }
  });

  it('no flipped bit in any statement is taken', () => {
    const lists = ['keySets', 'shards', 'members', 'epochs'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...lists, 'directory' as const),
        fc.nat(),
        fc.nat(),
        fc.nat(7),
        (list, which, where, bit) => {
          if (list === 'directory') {
            expect(
              codeOf(() =>
                verify({ directory: flipped(bundle.directory, where % bundle.directory.length, bit) }),
              ),
            ).not.toBe('none');
            return;
          }
          const items = bundle[list];
          const at = which % items.length;
          const altered = items.map((item, i) => (i === at ? flipped(item, where % item.length, bit) : item));
          expect(codeOf(() => verify({ [list]: altered }))).not.toBe('none');
        },
      ),
      { numRuns: 120 },
    );
  });

  it('too few root signatures, or a stranger’s, are refused', () => {
    expectCode(() => verify({ keySets: [keySet({}, root.slice(0, 1))] }), 'root_threshold');
    expectCode(() => verify({ keySets: [keySet({}, [root[0]!, stranger])] }), 'root_threshold');
    expectCode(() => verify({ keySets: [keySet({}, directoryKeys)] }), 'root_threshold');
  });

  it('root holders may sign one after the other', () => {
    const one = keySet({}, root.slice(2));
    expectCode(() => verify({ keySets: [one] }), 'root_threshold');
    expect(codeOf(() => verify({ keySets: [cosignStatement(sodium, one, root[0]!)] }))).toBe('none');
  });

  it('a key set that ended, has not begun, or is missing is refused', () => {
    expectCode(() => verify({}, NOW + 301 * DAY), 'directory_keys_expired');
    expectCode(() => verify({}, NOW - 61 * DAY), 'directory_keys_expired');
    expectCode(() => verify({ keySets: [] }), 'directory_keys_expired');
  });

  it('of two key sets in force the later one counts', () => {
    const later = keySet({ serial: 2, keys: [stranger.publicKey], threshold: 1 });
    expectCode(() => verify({ keySets: [bundle.keySets[0]!, later] }), 'directory_threshold');
    const former = statementHashOf(sodium, bundle.keySets[0]!);
    const renewed = directory({ formerKeySets: [former] }, [stranger]);
    expect(codeOf(() => verify({ keySets: [later, bundle.keySets[0]!], directory: renewed }))).toBe('none');
  });

  it('members whom a former key set signed count only while the directory names that set', () => {
    const later = keySet({ serial: 2, keys: [stranger.publicKey], threshold: 1 });
    const keySets = [later, bundle.keySets[0]!];
    expectCode(() => verify({ keySets, directory: directory({}, [stranger]) }), 'member_signers');
  });

  it('too few directory signatures, or others’, are refused', () => {
    expectCode(() => verify({ directory: directory({}, directoryKeys.slice(0, 1)) }), 'directory_threshold');
    expectCode(
      () => verify({ directory: directory({}, [directoryKeys[0]!, stranger]) }),
      'directory_threshold',
    );
    expectCode(() => verify({ directory: directory({}, root) }), 'directory_threshold');
  });

  it('an expired directory is refused to the second', () => {
    expect(codeOf(() => verify({}, fields.expires - 1))).toBe('none');
    expectCode(() => verify({}, fields.expires), 'directory_expired');
  });

  it('a directory below the pinned version is a roll-back', () => {
    expectCode(() => verify({ directory: directory({ version: 2 }) }), 'directory_rollback');
  });

  it('a directory below the remembered one is a roll-back, another of the same version a fork', () => {
    expect(codeOf(() => verify({}, NOW, { version: 3, hash: fields.hash }))).toBe('none');
    expectCode(() => verify({}, NOW, { version: 4, hash: fields.hash }), 'directory_rollback');
    expectCode(() => verify({}, NOW, { version: 3, hash: 'ab'.repeat(32) as Hash }), 'directory_chain');
  });

  it('a newer directory must lead back to the remembered one', () => {
    const four = directory({ version: 4, prev: fields.hash });
    const five = directory({ version: 5, prev: statementHashOf(sodium, four) });
    const known = { version: 3, hash: fields.hash };
    expect(codeOf(() => verify({ directory: five, previous: [four] }, NOW, known))).toBe('none');
    expect(codeOf(() => verify({ directory: four }, NOW, known))).toBe('none');
    expectCode(() => verify({ directory: five }, NOW, known), 'directory_chain');
    const other = directory({ version: 4, prev: 'ab'.repeat(32) as Hash });
    expectCode(() => verify({ directory: five, previous: [other] }, NOW), 'directory_chain');
    const sixth = directory({ version: 6, prev: statementHashOf(sodium, four) });
    expectCode(() => verify({ directory: sixth, previous: [four] }, NOW), 'directory_chain');
  });

  it('statements of another instance are refused, though signed by the right keys', () => {
    expectCode(() => verify({ directory: directory({}, directoryKeys, 'other') }), 'directory_instance');
    expectCode(() => verify({ keySets: [keySet({}, root, 'other')] }), 'directory_instance');
  });

  it('a shard that the directory does not name, or under another province, is refused', () => {
    const shard = encodeShard({ province: '14', units: [directoryUnit(PROVINCE, null)], routes: null });
    expectCode(() => verify({ shards: [shard] }), 'shard_hash');
    const renamed = directory({ shards: [{ province: '37', hash: hashShard(sodium, world.shard) }] });
    expectCode(() => verify({ directory: renamed }), 'shard_hash', 'province');
  });

  it('a unit named twice, or a shard of another form, is refused', () => {
    const units = [
      directoryUnit(PROVINCE, null),
      directoryUnit(COMMUNE, PROVINCE),
      directoryUnit(PROVINCE, null),
    ];
    const shard = encodeShard({ province: '14', units, routes: null });
    const naming = (bytes: Uint8Array) => ({
      directory: directory({ shards: [{ province: '14', hash: hashShard(sodium, bytes) }] }),
      shards: [bytes],
    });
    expectCode(() => verify(naming(shard)), 'shard_malformed', PROVINCE);
    expectCode(() => verify(naming(utf8('{"type":"shard"}'))), 'shard_malformed');
  });

  it('without any shard no unit is known', () => {
    expectCode(() => verify({ shards: [] }), 'unit_unknown');
  });

  it('the hash of the directory does not change when another holder signs', () => {
    const one = directory({});
    expect(statementHashOf(sodium, cosignStatement(sodium, one, directoryKeys[2]!))).toBe(
      statementHashOf(sodium, one),
    );
  });

  it.each<[string, Partial<DirectoryFields>]>([
    ['version', { version: 0 }],
    ['prev', { version: 1 }],
    ['expires', { expires: 5 }],
    ['recoveryHolders', { recoveryHolders: [...fields.recoveryHolders, fields.recoveryHolders[0]!] }],
  ])('a directory with a bad %s is malformed', (field, change) => {
    expectCode(() => verify({ directory: directory(change) }), 'statement_malformed', field);
  });

  it('an auditor may have a signing key, and has none where none is written', () => {
    const named = { id: 'doc-lap', name: 'Độc lập', kemKey: fields.recoveryHolders[0]!.kemKey };
    const auditors = [
      { ...named, signKey: stranger.publicKey },
      { ...named, id: 'khac', signKey: null },
    ];
    expect(verify({ directory: directory({ auditors }) }).auditors).toEqual(auditors);
    const short = [{ ...named, signKey: stranger.publicKey.slice(1) }];
    expectCode(() => verify({ directory: directory({ auditors: short }) }), 'statement_malformed', 'signKey');
  });

  it.each<[string, Partial<KeySet>]>([
    ['threshold', { threshold: 4 }],
    ['threshold', { threshold: 0 }],
    ['keys', { keys: [] }],
    ['keys', { keys: [stranger.publicKey, stranger.publicKey] }],
    ['until', { until: NOW + 400 * DAY }],
    ['until', { until: set.from }],
  ])('a key set with a bad %s is malformed', (field, change) => {
    expectCode(() => verify({ keySets: [keySet(change)] }), 'statement_malformed', field);
  });

  it('a statement is not taken for one of another kind', () => {
    expect(statementKind(bundle.directory)).toBe('directory');
    expectCode(() => verify({ directory: bundle.keySets[0]! }), 'statement_malformed', 'payloadType');
    const disguised = signStatement(sodium, 'directory', keySetPayload('demo', set), directoryKeys);
    expectCode(() => verify({ directory: disguised }), 'statement_malformed', 'type');
  });
});

describe('bundle on the wire', () => {
  const bytes = encodeBundle(bundle);

  it('comes back list by list', () => {
    expect(decodeBundle(bytes)).toEqual(bundle);
  });

  it('is refused when cut, followed by something, or with two directories', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expectCode(() => decodeBundle(bytes.subarray(0, length)), 'frame_malformed');
      }),
      { numRuns: 60 },
    );
    expectCode(() => decodeBundle(concat(bytes, Uint8Array.of(1))), 'frame_malformed');
    const two = lengthPrefixed(bundle.directory, bundle.directory);
    const empty = new Uint8Array(0);
    const frame = encodeFrame('TK1D', 1, [empty, two, empty, empty, empty, empty, empty]);
    expectCode(() => decodeBundle(frame), 'frame_malformed', 'directory');
  });

  it('is refused above 16 MiB', () => {
    expectCode(() => decodeBundle(new Uint8Array(16 * 1024 * 1024 + 1)), 'frame_too_large');
  });
});

describe('pins', () => {
  it('come back from their JSON', () => {
    expect(parsePins(encodePins(pins))).toEqual(pins);
  });

  it.each([
    '',
    '[]',
    '{}',
    encodePins({ ...pins, threshold: 4 }),
    encodePins({ ...pins, rootKeys: [] }),
    encodePins({ ...pins, instance: '' }),
  ])('of another form are refused: %s', (json) => {
    expectCode(() => parsePins(json), 'field_invalid');
  });
});
